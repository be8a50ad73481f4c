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

export const NOTICES = "see the notices on mp.weixin.qq.com.";
export const AUTHORIZE = "an administrator of the account must authorize the platform again.";
const NO_RIGHT = "the account has not given the platform this right (权限集).";

// One text for several numbers saves bytes. Documented; 61004 with two texts. What only some calls get is in
// article-errcodes.ts and platform-errcodes.ts.
const ADVICE: AdviceTable = [
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
    "Today's quota for this call is used up: wait until tomorrow, or reset it with /cgi-bin/clear_quota, which works ten times a month.",
    45009,
  ],
  ["The material library is full: delete what you no longer need.", 45074],
  ["WeChat could not read the body: a field has another type, or it is no JSON in UTF-8.", 47001],
  [`The account may not use this call: see 接口权限与额度 in ${PLATFORM}.`, 48001],
  [`WeChat has blocked this call for the account: ${NOTICES}`, 48004],
  [`WeChat has restricted the account: ${NOTICES}`, 50002],
  [`WeChat does not let this account take tokens: ${NOTICES}`, 50004],
  [`WeChat has frozen the account: ${NOTICES}`, 50007],
  [`The platform is not authorized: ${AUTHORIZE}`, 61003],
  [`Add this IP address to 白名单IP地址列表 of the platform. If it is there: ${NO_RIGHT}`, 61004],
  [`Ask for it: ${NO_RIGHT}`, 61007, 61017],
  ["This call takes the token of an account, not the component_access_token.", 61015],
  ["WeChat finds words or pictures against its rules: change them.", 87014],
  [
    "An administrator must confirm this IP address first; WeChat has asked them. Then call again.",
    ...[89501, 89502, 89503, 89504, 89505],
  ],
  ["An administrator refused this IP address for 24 hours.", 89506],
  ["An administrator refused this IP address for an hour.", 89507],
];

/** Texts of advice, each with its errcodes. */
export type AdviceTable = readonly (readonly [advice: string, ...errcodes: number[]])[];

/** The advice of a table on an errcode, or an empty string. */
export function adviceOf(errcode: number, table: AdviceTable = ADVICE): string {
  return table.find(([, ...errcodes]) => errcodes.includes(errcode))?.[0] ?? "";
}

/** Advice on what to do about an errcode, or an empty string. */
export function adviceFor(errcode: number, endpoint: string, ip: string | undefined): string {
  if (errcode === 40001 && /\/(?:stable_)?token$/.test(endpoint)) {
    return adviceOf(40125);
  }
  if (errcode !== 40164) return adviceOf(errcode);
  return `Add ${ip ?? "this address"} to API IP 白名单 (IP whitelist): ${PLATFORM} → 我的业务 → 公众号 or 服务号 → 基础信息 → 开发密钥. WeChat documents that it checks the address of every call. Workers and other serverless functions have no fixed IP address: send all calls through a relay that has one (option baseUrl). Where WeChat checks only the token calls of your account, a token server (option getAccessToken) is enough.`;
}
