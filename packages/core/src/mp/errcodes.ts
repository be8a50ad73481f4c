// The errcodes of an Official Account's API that this library acts on or explains
// (全局返回码说明 and the pages of the single calls).

/** The access_token is wrong, not the latest, or has expired. */
const TOKEN_ERRCODES = [40001, 40014, 42001];
/** System busy; more calls a minute than allowed. */
const BUSY_ERRCODES = [-1, 45011];

/** Whether the call may succeed with another access_token. */
export function isTokenErrcode(errcode: number): boolean {
  return TOKEN_ERRCODES.includes(errcode);
}

/** Whether the same call may succeed later. */
export function isBusyErrcode(errcode: number): boolean {
  return BUSY_ERRCODES.includes(errcode);
}

/** More calls a minute than allowed: WeChat did not carry out the call. */
export const TOO_FAST = 45011;
/** System busy: WeChat may have carried out the call nevertheless. */
export const SYSTEM_BUSY = -1;

// Since 2025 AppID, AppSecret and IP whitelist are there, no longer on mp.weixin.qq.com.
const PLATFORM = "微信开发者平台 (developers.weixin.qq.com/platform)";

const NOTICES = "see the notices on mp.weixin.qq.com.";
const AUTHORIZE = "an administrator of the account must authorize the platform again.";
const NO_RIGHT = "the account has not given the platform this right (权限集).";

// One text for several numbers saves bytes. Reported: 45166, 88000 (wenyan-mcp#7), 45106 (niefy/wx-api#66,
// WeiXinMPSDK#3085). Documented: the others, 61004 with two texts.
const ADVICE: readonly (readonly [advice: string, ...errcodes: number[]])[] = [
  ["This call does not take files of this type: convert the file.", 40005],
  [
    "This account has no such media_id: a temporary one expires after 3 days, and none works in another account.",
    40007,
  ],
  [`WeChat does not know this appid: compare it with ${PLATFORM}.`, 40013],
  [
    "WeChat checks the extension and the content, so another name does not help: convert the file.",
    40113,
  ],
  [
    `The secret does not belong to this appid, or it was reset. Copy the AppSecret from ${PLATFORM}.`,
    40125,
  ],
  [`The AppSecret is frozen: unfreeze it in ${PLATFORM}.`, 40243],
  [
    "WeChat found no file in the form. A proxy between here and WeChat may have changed the body or its length.",
    41005,
  ],
  [
    "The content is too long: an article may have 20,000 characters, tags included, and 1 MB.",
    45002,
  ],
  ["The title is too long: 64 characters, of a draft 32.", 45003],
  ["The digest is too long: 120 characters, of a draft 128.", 45004],
  ["Too many articles: 8 at most, in a message 1.", 45008],
  [
    "Today's quota for this call is used up: wait until tomorrow, or reset it with /cgi-bin/clear_quota, which works ten times a month.",
    45009,
  ],
  ["The material library is full: delete what you no longer need.", 45074],
  ["WeChat has withdrawn this call. Articles go by /cgi-bin/draft/add since 2022.", 45103, 45106],
  [
    "The content has what WeChat does not take: a link to another site or to no page, a foreign picture, a script.",
    45166,
  ],
  ["WeChat could not read the body: a field has another type, or it is no JSON in UTF-8.", 47001],
  [`The account may not use this call: see 接口权限与额度 in ${PLATFORM}.`, 48001],
  [`WeChat has blocked this call for the account: ${NOTICES}`, 48004],
  [`WeChat has restricted the account: ${NOTICES}`, 50002],
  [`WeChat does not let this account take tokens: ${NOTICES}`, 50004],
  [`WeChat has frozen the account: ${NOTICES}`, 50007],
  ["Remove the goods (商品) from the article, or correct them.", 53404, 53405, 53406],
  [`The platform is not authorized: ${AUTHORIZE}`, 61003],
  [`Add this IP address to 白名单IP地址列表 of the platform. If it is there: ${NO_RIGHT}`, 61004],
  ["Use the latest component_verify_ticket: WeChat pushes one every 10 minutes.", 61005, 61006],
  [`Ask for it: ${NO_RIGHT}`, 61007, 61017],
  ["This request was made already.", 61008],
  [`The authorization_code has expired or was used. For another, ${AUTHORIZE}`, 61009, 61010],
  ["WeChat does not know this component_appid.", 61011],
  ["There is no such option, or it does not take this value.", 61012, 61013],
  ["This call takes the component_access_token, not the token of an account.", 61014],
  ["This call takes the token of an account, not the component_access_token.", 61015],
  [
    "A platform confirms a right (确认权限集) once, where it needs that.",
    ...[61016, 61018, 61019, 61020, 61021, 61022],
  ],
  [
    `The authorizer_refresh_token is not the account's latest. If that is lost, ${AUTHORIZE}`,
    61023,
  ],
  ["WeChat finds words or pictures against its rules: change them.", 87014],
  ["The account has no comments (留言): set need_open_comment to 0.", 88000],
  ["No article has this msg_data_id and index (from 0).", 88001],
  [`WeChat has restricted the article: ${NOTICES}`, 88002, 88011],
  ["Too many comments are elected (精选): unmark one first.", 88003],
  ["It is gone: list the comments again.", 88004, 88008, 88009],
  ["The comment has its reply: delete that first.", 88005],
  ["The reply is empty or too long: change it.", 88007],
  ["count must be 1 to 50.", 88010],
  [
    "An administrator must confirm this IP address first; WeChat has asked them. Then call again.",
    ...[89501, 89502, 89503, 89504, 89505],
  ],
  ["An administrator refused this IP address for 24 hours.", 89506],
  ["An administrator refused this IP address for an hour.", 89507],
];

function adviceOf(errcode: number): string {
  return ADVICE.find(([, ...errcodes]) => errcodes.includes(errcode))?.[0] ?? "";
}

/** Advice on what to do about an errcode, or an empty string. */
export function adviceFor(errcode: number, endpoint: string, ip: string | undefined): string {
  if (errcode === 40001 && /\/(?:stable_)?token$/.test(endpoint)) {
    return adviceOf(40125);
  }
  if (errcode !== 40164) return adviceOf(errcode);
  return `Add ${ip ?? "this address"} to API IP 白名单 (IP whitelist): ${PLATFORM} → 我的业务 → 公众号 or 服务号 → 基础信息 → 开发密钥. WeChat documents that it checks the address of every call. Workers and other serverless functions have no fixed IP address: send all calls through a relay that has one (option baseUrl). Where WeChat checks only the token calls of your account, a token server (option getAccessToken) is enough.`;
}
