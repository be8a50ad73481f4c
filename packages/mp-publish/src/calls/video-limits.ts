import type { FileLimits, LimitsOption } from "@wechat-edge/core";
import { resolveLimits, type WechatAnswers } from "@wechat-edge/core/internal/upload";

/** "每个块的大小为1MB"; the last block has the rest. */
export const BLOCK_BYTES: number = 1024 * 1024;

const MP4_FAMILY = ["mp4", "mov", "m4v", "f4v", "3gp"] as const;

/** Names of the limits for videos in blocks. */
export type VideoMaterialProfile = "media-api";

/**
 * Limits for videos in blocks, by name. 媒体API文档 says "最大2G" and lists no formats; assumed are the formats that
 * mp.weixin.qq.com accepts in a browser.
 */
export const VIDEO_MATERIAL_PROFILES: Readonly<Record<VideoMaterialProfile, FileLimits>> = {
  "media-api": {
    extensions: {
      mp4: MP4_FAMILY,
      mov: MP4_FAMILY,
      m4v: MP4_FAMILY,
      f4v: [...MP4_FAMILY, "flv"],
      "3gp": MP4_FAMILY,
      flv: ["flv"],
      webm: ["webm", "mkv"],
      mkv: ["mkv", "webm"],
      avi: ["avi"],
      wmv: ["asf"],
      asf: ["asf"],
      mpg: ["mpeg-ps", "mpeg-es", "mpeg-ts"],
      mpeg: ["mpeg-ps", "mpeg-es", "mpeg-ts"],
      ts: ["mpeg-ts"],
      rm: ["rm"],
      rmvb: ["rm"],
    },
    maxBytes: 2048 * BLOCK_BYTES,
    maxNameLength: 255,
    contentMatchesExtension: false,
    fourByteNames: true,
  },
};

/** Limits for the option `limits`. */
export function videoLimits(option: LimitsOption<VideoMaterialProfile> | undefined): FileLimits {
  return resolveLimits(VIDEO_MATERIAL_PROFILES, "media-api", option);
}

/** WeChat does not document what it answers to a bad file. */
export const VIDEO_ANSWERS: WechatAnswers = {};
