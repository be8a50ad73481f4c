/** The User-Agent: WeChat Pay refuses requests without one, and workerd sends none of its own. */
export const USER_AGENT = "wechat-edge/0.0.0";
