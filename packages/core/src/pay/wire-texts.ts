// Texts of WeChat that carry a meaning no code carries, each with its source.

/**
 * Both daily and per-second limits are 429 FREQUENCY_LIMIT_EXCEED;
 * error tables of the video upload (2019-10-23) and the Global image upload (2025-01-07).
 */
const DAILY_QUOTA = "当天上传文件数已达上限";

/** Whether an error text says that today's quota is used up, so that a retry is wasted. */
export function saysDailyQuota(message: string): boolean {
  return message.includes(DAILY_QUOTA);
}

/** The texts of a 401 that name their cause; WeChat Pay's page on signature errors. All share SIGN_ERROR. */
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
