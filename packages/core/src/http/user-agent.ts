/** Sent because WeChat Pay refuses requests without a User-Agent, and workerd adds none. */
export const USER_AGENT = "wechat-edge/0.0.0";
