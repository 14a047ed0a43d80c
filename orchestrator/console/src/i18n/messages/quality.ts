import type { Messages } from "../language";

export const quality = {
  "nav.quality": { en: "Quality", zh: "质量" },
  "quality.about": {
    en: "How often bots err unseen, by blind second looks at random invoices.",
    zh: "通过对随机抽取的发票进行盲复核，统计机器人未被发现的错误。",
  },
  "quality.empty": { en: "No error budget yet", zh: "还没有错误预算" },
  "quality.empty.hint": {
    en: "The first invoice that would be booked without a person opens one.",
    zh: "第一张无需人工即可入账的发票会建立预算。",
  },
  "quality.vendorGroup": { en: "Vendor group", zh: "供应商组" },
  "quality.budget": { en: "Budget", zh: "预算" },
  "quality.bound": { en: "Bound (95 %)", zh: "上界（95 %）" },
  "quality.exactBound": { en: "Exact bound", zh: "精确上界" },
  "quality.runningBound": { en: "Running bound", zh: "持续有效上界" },
  "quality.estimate": { en: "Found wrong", zh: "已发现错误率" },
  "quality.looks": { en: "Looks", zh: "复核数" },
  "quality.share": { en: "Looked at", zh: "抽查比例" },
  "quality.open": { en: "Open looks", zh: "待复核" },
  "quality.UNPROVEN": {
    en: "Not proven yet: the bound is above the budget of {budget}, but nothing found speaks against the reader. {share} of the invoices get a second look after they are booked.",
    zh: "尚未证实：上界高于预算 {budget}，但没有发现对读取不利的证据。{share} 的发票在入账后接受复核。",
  },
  "quality.PROVEN": {
    en: "Proven: the bound is within the budget of {budget}. {share} of the invoices get a second look after they are booked.",
    zh: "已证实：上界在预算 {budget} 之内。{share} 的发票在入账后接受复核。",
  },
  "quality.EXCEEDED": {
    en: "Tightened: the errors found, lately or in all, are evidence of more wrong fields than the budget of {budget} allows. Every invoice gets a second look before it is booked, until the looks show that it is within the budget again.",
    zh: "已收紧：近期或全部复核中发现的错误表明，错误字段超出预算 {budget}。每张发票在入账前都须复核，直到复核结果表明已回到预算之内。",
  },
  "quality.needed.UNPROVEN": {
    en: "{needed} further looks that find nothing wrong prove it, if as many invoices are drawn as now.",
    zh: "按现在的抽查比例，再有 {needed} 次未发现错误的复核即可证实。",
  },
  "quality.needed.EXCEEDED": {
    en: "{needed} further looks that find nothing wrong end this; {made} were made since it began.",
    zh: "再有 {needed} 次未发现错误的复核即可解除；收紧以来已完成 {made} 次。",
  },
  "quality.course": { en: "Bound and estimate against the budget", zh: "上界和估计值与预算的对比" },
  "quality.course.empty": { en: "No look is settled yet", zh: "还没有完成的复核" },
  "quality.course.hint": {
    en: "Looks wait in the inbox of clerks and approvers.",
    zh: "复核任务在职员和审批人的待办中。",
  },
  "quality.counts": { en: "Undetected errors by field", zh: "各字段未被发现的错误" },
  "quality.invoice": { en: "Whole invoice", zh: "整张发票" },
  "quality.wrong": { en: "Wrong", zh: "错误" },
  "quality.list": { en: "Second looks", zh: "复核列表" },
  "quality.list.empty": { en: "No invoice was drawn yet", zh: "还没有抽中发票" },
  "quality.document": { en: "Document", zh: "文件" },
  "quality.found": { en: "Found", zh: "结果" },
  "quality.right": { en: "Read right", zh: "读取正确" },
  "quality.holds": { en: "Booking waits", zh: "入账等待中" },
  "quality.drawnAt": { en: "Share", zh: "比例" },
  "quality.by": { en: "Looked at by", zh: "复核人" },
  "quality.set": { en: "Set budget", zh: "设置预算" },
  "quality.set.budget": {
    en: "Budget: wrong fields that are allowed",
    zh: "预算：允许的错误字段比例",
  },
  "quality.set.least": {
    en: "Least share of looks, when well proven",
    zh: "最低抽查比例（充分证实时）",
  },
  "quality.set.most": {
    en: "Greatest share of looks, when not proven",
    zh: "最高抽查比例（未证实时）",
  },
  "quality.save": { en: "Save", zh: "保存" },
} as const satisfies Messages;
