/** An error of the Official Account, before hint and rid are added. */
export interface MpError {
  errcode: number;
  errmsg: string;
}

/**
 * Texts of 全局返回码. The typo in 40006 (reported from the live service) and the two blanks in 45074
 * (in the table) are WeChat's own.
 */
const TEXTS: Readonly<Record<number, string>> = {
  [-1]: "system error",
  40001: "invalid credential, access_token is invalid or not latest",
  40002: "invalid grant_type",
  40003: "invalid openid",
  40004: "invalid media type",
  40005: "invalid file type",
  40006: "invalid meida size",
  40007: "invalid media_id",
  40008: "invalid message type",
  40009: "invalid image size",
  40010: "invalid voice size",
  40011: "invalid video size",
  40012: "invalid thumb size",
  40013: "invalid appid",
  40014: "invalid access_token",
  40033: "invalid charset",
  40035: "invalid args size",
  40060: "invalid article idx",
  40097: "invalid args",
  40113: "unsupported file type",
  40114: "invalid index value",
  40125: "invalid appsecret",
  40137: "invalid image format",
  40243: "AppSecret frozen",
  41001: "access_token missing",
  41002: "appid missing",
  41004: "appsecret missing",
  41005: "media data missing",
  41006: "media_id missing",
  41011: "missing required fields",
  41039: "invalid content_source_url",
  42001: "access_token expired",
  43001: "require GET method",
  43002: "require POST method",
  43003: "require https",
  44001: "empty media data",
  44002: "empty post data",
  44003: "empty news data",
  44004: "empty content",
  45001: "media size out of limit",
  45002: "content size out of limit",
  45003: "title size out of limit",
  45004: "description size out of limit",
  45005: "url size out of limit",
  45006: "picurl size out of limit",
  45007: "playtime out of limit",
  45008: "article size out of limit",
  45009: "reach max api daily quota limit",
  45011: "api minute-quota reach limit, must slower, retry next minute",
  45028: "has no masssend quota",
  45064: "mini program not linked to the account",
  45074: "material list size out of limit, you  should delete the useless material",
  45110: "author size out of limit",
  45166: "invalid content",
  46001: "media data no exist",
  47001: "data format error",
  48001: "api unauthorized",
  48004: "api forbidden for irregularities, view detail on mp.weixin.qq.com",
  48006: "forbid to clear quota because of reaching the limit",
  50002: "user limited",
  50004: "token api forbidden",
  50007: "account frozen",
  53503: "该草稿未通过发布检查",
  53504: "需前往公众平台官网使用草稿",
  53505: "请手动保存成功后再发表",
  53600: "Article ID 无效",
  88000: "without comment privilege",
};

/** The error with this errcode and WeChat's text, or another text. */
export const mpError = (errcode: number, errmsg: string = TEXTS[errcode] ?? "error"): MpError => ({
  errcode,
  errmsg,
});

export const isMpError = (value: object): value is MpError =>
  "errcode" in value && value.errcode !== 0;
