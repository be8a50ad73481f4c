/**
 * Texts of WeChat that carry a meaning no code carries.
 * `当天上传文件数已达上限`: both daily and per-second limits are 429 FREQUENCY_LIMIT_EXCEED;
 * error tables of the video upload (2019-10-23) and the Global image upload (2025-01-07).
 */
const DAILY_QUOTA = "当天上传文件数已达上限";

/** Whether an error text says that today's quota is used up, so that a retry is wasted. */
export function saysDailyQuota(message: string): boolean {
  return message.includes(DAILY_QUOTA);
}
