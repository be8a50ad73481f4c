import type { CallbackFault } from "@wechat-edge/emulator";

/** What WeChat did not send, and a client takes all the same where its address has the mode "encrypted". */
export const taken: Readonly<Record<string, readonly CallbackFault[]>> = {
  "wechat-edge": [],
  "co-wechat": ["other-appid", "clear", "stale"],
  "node-easywechat": ["clear", "stale"],
};
