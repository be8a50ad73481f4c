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

const ADVICE: Readonly<Record<number, string>> = {
  40005: "This call does not take files of this type: convert the file.",
  40007:
    "This account has no such media_id: a temporary one expires after 3 days, and none works in another account.",
  40013: `WeChat does not know this appid: compare it with ${PLATFORM}.`,
  40113:
    "WeChat checks the extension and the content, so another name does not help: convert the file.",
  40125: `The secret does not belong to this appid, or it was reset. Copy the AppSecret from ${PLATFORM}.`,
  40243: `The AppSecret is frozen: unfreeze it in ${PLATFORM}.`,
  41005:
    "WeChat found no file in the form. A proxy between here and WeChat may have changed the body or its length.",
  45009:
    "Today's quota for this call is used up: wait until tomorrow, or reset it with /cgi-bin/clear_quota, which works ten times a month.",
  45074: "The material library is full: delete what you no longer need.",
  48001: `The account may not use this call: see 接口权限与额度 in ${PLATFORM}.`,
  50002: "WeChat has restricted the account: see the notices on mp.weixin.qq.com.",
  50004: "WeChat does not let this account take tokens: see the notices on mp.weixin.qq.com.",
  50007: "WeChat has frozen the account: see the notices on mp.weixin.qq.com.",
  89503:
    "An administrator must confirm this IP address first; WeChat has asked them. Then call again.",
  89506: "An administrator refused this IP address for 24 hours.",
  89507: "An administrator refused this IP address for an hour.",
};

/** Advice on what to do about an errcode, or an empty string. */
export function adviceFor(errcode: number, endpoint: string, ip: string | undefined): string {
  if (errcode === 40001 && /\/(?:stable_)?token$/.test(endpoint)) {
    return ADVICE[40125] ?? "";
  }
  if (errcode !== 40164) return ADVICE[errcode] ?? "";
  return `Add ${ip ?? "this address"} to API IP 白名单 (IP whitelist): ${PLATFORM} → 我的业务 → 公众号 or 服务号 → 基础信息 → 开发密钥. WeChat documents that it checks the address of every call. Workers and other serverless functions have no fixed IP address: send all calls through a relay that has one (option baseUrl). Where WeChat checks only the token calls of your account, a token server (option getAccessToken) is enough.`;
}
