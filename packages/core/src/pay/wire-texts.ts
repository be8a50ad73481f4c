// Messages of WeChat that say more than the error code does, each with its source.

import type { SignErrorCause } from "./sign-error-cause.ts";

/**
 * The daily and the per-second limit are both 429 FREQUENCY_LIMIT_EXCEED
 * (error tables of the video upload, 2019-10-23, and of the Global image upload, 2025-01-07).
 */
const DAILY_QUOTA = /当天上传/;

/** Whether a message says that the daily quota is used up: a retry would fail too. */
export function saysDailyQuota(message: string): boolean {
  return DAILY_QUOTA.test(message);
}

/** Messages of a 401 that name the cause, from WeChat Pay's page on signature errors. All have the code SIGN_ERROR. */
export const SIGN_ERROR_TEXTS: readonly (readonly [text: RegExp, cause: SignErrorCause])[] = [
  [/timestamp与/, "clock"],
  [/序列号有误/, "serial"],
  [/未申请过/, "merchant"],
  [/已过期/, "certificate-expired"],
  [/已作废/, "certificate-revoked"],
  [/已更换/, "certificate-replaced"],
  [/未设置APIv3/, "api-v3-key-unset"],
  [/Authorization(?:认证|值)/, "authorization-changed"],
];
