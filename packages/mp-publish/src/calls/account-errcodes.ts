import type { MpApiError } from "@wechat-edge/core";

/** Token, appid, address, quota, pace and rights. */
const OF_ACCOUNT = [40001, 40013, 40014, 40164, 42001, 45009, 45011, 48001, 48004, 50001, 50002];

/** Whether WeChat refuses the account, whatever was asked: no other id or file would help. */
export function isOfAccount({ errcode }: MpApiError): boolean {
  return OF_ACCOUNT.includes(errcode);
}
