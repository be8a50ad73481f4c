import type { FileLimits, LimitsOption } from "@wechat-edge/core";
import { resolveLimits, type WechatAnswers } from "@wechat-edge/core/internal/upload";

/** "每个块的大小为1MB": all blocks but the last. */
export const BLOCK_BYTES: number = 1024 * 1024;

const MP4_FAMILY = ["mp4", "mov", "m4v", "f4v", "3gp"] as const;

/** Profiles of chunked videos. */
export type VideoMaterialProfile = "media-api";

/**
 * 媒体API文档 says "最大2G" and lists no formats; these are those that mp.weixin.qq.com takes from a browser
 * (assumed to be the same here).
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

/** The limits that an option asks for. */
export function videoLimits(option: LimitsOption<VideoMaterialProfile> | undefined): FileLimits {
  return resolveLimits(VIDEO_MATERIAL_PROFILES, "media-api", option);
}

/** What the calls answer to a bad file is not documented. */
export const VIDEO_ANSWERS: WechatAnswers = {};
