// Messages of WeChat that say more than the error code does, each with its source.

/**
 * The daily and the per-second limit are both 429 FREQUENCY_LIMIT_EXCEED
 * (error tables of the video upload, 2019-10-23, and of the Global image upload, 2025-01-07).
 */
const DAILY_QUOTA = "当天上传文件数已达上限";

/** Whether a message says that the daily quota is used up: a retry would fail too. */
export function saysDailyQuota(message: string): boolean {
  return message.includes(DAILY_QUOTA);
}

/** Messages of a 401 that name the cause, from WeChat Pay's page on signature errors. All have the code SIGN_ERROR. */
export const SIGN_ERROR_TEXTS = [
  ["timestamp与发起请求的时间不得超过", "clock"],
  ["证书序列号有误", "serial"],
  ["未申请过证书", "merchant"],
  ["证书已过期", "certificate-expired"],
  ["证书已作废", "certificate-revoked"],
  ["已更换证书", "certificate-replaced"],
  ["未设置APIv3密钥", "api-v3-key-unset"],
  ["Authorization认证类型", "authorization-changed"],
  ["Authorization值格式", "authorization-changed"],
] as const;
