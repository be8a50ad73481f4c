import type { CallbackFault } from "@wechat-edge/emulator";

/** What WeChat did not send so. */
export const FAULTS = [
  "wrong-signature",
  "tampered",
  "wrong-key",
  "other-appid",
  "clear",
  "stale",
] as const satisfies readonly CallbackFault[];
