// Texts of WeChat that carry a meaning no code carries.
// 媒体API文档 gives these as texts of errmsg and names no errcode. Case and what surrounds them are not promised.

/** 六、发布图文: "如果 errmsg 提示 abnormal status，说明文章已经提交过了". */
export function saysSubmittedBefore(errmsg: string): boolean {
  return /abnormal status/i.test(errmsg);
}

/** 七、更新图文: "如果 errmsg 提示 invalid status，说明文章已经提交过了，不允许修改". */
export function saysNoLongerEditable(errmsg: string): boolean {
  return /invalid status/i.test(errmsg);
}

/** FAQ 5: the JSON could not be read, by its form or its encoding. The text of 44001 is the same. */
export function saysUnreadableJson(errmsg: string): boolean {
  return /empty media data/i.test(errmsg);
}
