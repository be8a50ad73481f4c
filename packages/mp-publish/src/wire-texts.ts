// Texts of errmsg that have a meaning of their own. 媒体API文档 names no errcode for them, and promises neither their case
// nor the text around them.

/** 六、发布图文: "如果 errmsg 提示 abnormal status，说明文章已经提交过了". */
export function saysSubmittedBefore(errmsg: string): boolean {
  return /abnormal status/i.test(errmsg);
}

/** 七、更新图文: "如果 errmsg 提示 invalid status，说明文章已经提交过了，不允许修改". */
export function saysNoLongerEditable(errmsg: string): boolean {
  return /invalid status/i.test(errmsg);
}

/** FAQ 5: WeChat could not read the JSON or its encoding. Errcode 44001 has the same text. */
export function saysUnreadableJson(errmsg: string): boolean {
  return /empty media data/i.test(errmsg);
}
