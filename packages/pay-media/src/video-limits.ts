import type { FileLimits, Format } from "@wechat-edge/core";
import { COMMON_LIMITS, MIB } from "./limits.ts";

/** These formats share one container; WeChat does not say that it looks at the brand. */
const MP4_FAMILY: readonly Format[] = ["mp4", "mov", "m4v", "f4v"];

/** Limits of video uploads by profile: ten formats of up to 5M, in all documents from 2019-10-23 to 2024-11-18. */
export const VIDEO_PROFILES: Readonly<Record<VideoProfile, FileLimits>> = {
  merchant: {
    extensions: {
      avi: ["avi"],
      wmv: ["asf"],
      mpeg: ["mpeg-ps", "mpeg-es", "mpeg-ts"],
      mp4: MP4_FAMILY,
      mov: MP4_FAMILY,
      mkv: ["mkv"],
      flv: ["flv"],
      f4v: [...MP4_FAMILY, "flv"],
      m4v: MP4_FAMILY,
      rmvb: ["rm"],
    },
    maxBytes: 5 * MIB,
    ...COMMON_LIMITS,
  },
};

/** Names of {@link VIDEO_PROFILES}. */
export type VideoProfile = "merchant";
