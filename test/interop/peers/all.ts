import { axiosPlugin } from "./axios-plugin.ts";
import { curl, missingForCurl } from "./curl.ts";
import { easywechat } from "./easywechat.ts";
import type { Peer } from "./peer.ts";

/** Other people's clients that can run on this machine. */
export const peers: readonly Peer[] = [
  ...axiosPlugin,
  ...easywechat,
  ...(missingForCurl.length === 0 ? [curl] : []),
];
