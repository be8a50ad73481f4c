// The numbers of an Official Account's API that call for something else than being reported;
// 全局返回码说明 and the pages of the single calls.

/** The token is wrong, not the latest, or has expired. */
const TOKEN_ERRCODES = [40001, 40014, 42001];
/** System busy; more calls a minute than allowed. */
const BUSY_ERRCODES = [-1, 45011];

/** Whether another token may help. */
export function isTokenErrcode(errcode: number): boolean {
  return TOKEN_ERRCODES.includes(errcode);
}

/** Whether the same call may succeed in a while. */
export function isBusyErrcode(errcode: number): boolean {
  return BUSY_ERRCODES.includes(errcode);
}

/** More calls a minute than allowed: nothing has been done. */
export const TOO_FAST = 45011;
/** System busy: what was asked for may have been done all the same. */
export const SYSTEM_BUSY = -1;

const ADVICE: Readonly<Record<number, string>> = {
  40005: "The file is of no type that this call takes.",
  40007:
    "A temporary media_id lives for 3 days and belongs to one account: this one has expired, is another account's, or never was.",
  40013: "The appid is not one that WeChat knows.",
  40113:
    "WeChat looks at the extension and at the content: convert the file, another name does not help.",
  40125: "The secret is not the one of this appid; it may have been reset.",
  40243: "The secret is frozen: unfreeze it on mp.weixin.qq.com.",
  41005:
    "WeChat found no file in the form: something between here and WeChat may have changed the body or its length.",
  45009:
    "Today's calls are used up: wait until tomorrow, or reset the counter with /cgi-bin/clear_quota, which works ten times a month.",
  45074: "The material library is full: delete what is not needed.",
  48001: "The account has not been granted this call; see 接口权限 on mp.weixin.qq.com.",
  50002: "The account is restricted; see mp.weixin.qq.com.",
  50004: "Token calls are forbidden to this account; see mp.weixin.qq.com.",
  50007: "The account is frozen; see mp.weixin.qq.com.",
  89503: "An administrator of the account has to confirm this address first.",
  89506: "An administrator refused this address; it may be asked for again after 24 hours.",
  89507: "An administrator refused this address; it may be asked for again after an hour.",
};

/** What the caller can do about it, or an empty text. */
export function adviceFor(errcode: number, endpoint: string, ip: string | undefined): string {
  if (errcode === 40001 && /\/(?:stable_)?token$/.test(endpoint)) {
    return ADVICE[40125] ?? "";
  }
  if (errcode !== 40164) return ADVICE[errcode] ?? "";
  return `Add ${ip ?? "the address"} to the IP white list on mp.weixin.qq.com (设置与开发). Workers and other serverless platforms have no address of their own: send through a fixed egress (baseUrl), or take tokens from a central server (getAccessToken), as only token calls are checked.`;
}
