import { missingForCurl } from "../peers/curl.ts";
import { coWechatApi } from "./co-wechat-api.ts";
import { mpCurl } from "./curl.ts";
import { easywechat } from "./easywechat.ts";
import type { MpPeer } from "./peer.ts";
import { wechatApi } from "./wechat-api.ts";

/** Other people's clients that can run on this machine. */
export const mpPeers: readonly MpPeer[] = [
  ...coWechatApi,
  wechatApi,
  ...easywechat,
  ...(missingForCurl.includes("curl") ? [] : [mpCurl]),
];
