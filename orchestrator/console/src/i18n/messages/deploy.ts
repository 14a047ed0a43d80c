import type { Messages } from "../language";

export const deploy = {
  "deploy.open": { en: "Deploy", zh: "部署" },
  "deploy.title": { en: "Deploy files", zh: "部署文件" },
  "deploy.hint": {
    en: "BPMN, DMN and form files. All are deployed or none; what has not changed keeps its version.",
    zh: "BPMN、DMN 和表单文件。要么全部部署，要么都不部署；未更改的保持其版本。",
  },
  "deploy.choose": { en: "Choose files", zh: "选择文件" },
  "deploy.deploy": { en: "Deploy", zh: "部署" },
  "deploy.done": { en: "Deployed", zh: "已部署" },
  "deploy.refused": { en: "Refused: mend this and deploy again", zh: "被拒绝：请修改后重新部署" },
  "deploy.warnings": { en: "Allowed, but probably not meant", zh: "允许，但可能并非本意" },
} as const satisfies Messages;
