import type { Messages } from "../language";

export const agents = {
  "nav.agents": { en: "Agents", zh: "代理" },
  "agent.empty": { en: "No agent is enrolled", zh: "还没有注册代理" },
  "agent.empty.hint": {
    en: "Create an enrolment token and start an agent on the machine where the bots shall run.",
    zh: "创建注册令牌，并在要运行机器人的机器上启动代理。",
  },
  "agent.enroll": { en: "Enrol an agent", zh: "注册代理" },
  "agent.enroll.name": { en: "Name (optional)", zh: "名称（可选）" },
  "agent.enroll.create": { en: "Create token", zh: "创建令牌" },
  "agent.enroll.once": {
    en: "The token works once. Run this on the agent's machine:",
    zh: "令牌只能使用一次。请在代理机器上运行：",
  },
  "agent.machine": { en: "Machine", zh: "机器" },
  "agent.lastSeen": { en: "Last seen", zh: "最近在线" },
  "agent.queues": { en: "Queues", zh: "队列" },
  "agent.problems": {
    en: "Agent {name} cannot serve everything",
    zh: "代理 {name} 有无法提供的机器人",
  },
  "agent.runs": { en: "Runs", zh: "运行" },
  "agent.idle": { en: "Idle", zh: "空闲" },
  "agent.drain": { en: "Drain", zh: "排空" },
  "agent.drain.confirm": {
    en: "Let it finish its runs and take no more work?",
    zh: "让它完成当前运行且不再领取新作业？",
  },
  "agent.status": { en: "Status", zh: "状态" },
} as const satisfies Messages;
