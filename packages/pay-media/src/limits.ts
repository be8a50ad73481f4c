import type { FileLimits, Format, PayRegion } from "@wechat-edge/core";
import type { WechatAnswers } from "@wechat-edge/core/internal/upload";

const MIB = 1024 * 1024;

/** string[1,128] of the meta's file name, in every document that states a length. */
const MAX_NAME_LENGTH = 128;

const IMAGE_LIMITS: FileLimits = {
  extensions: { jpg: ["jpeg"], jpeg: ["jpeg"], png: ["png"], bmp: ["bmp"] },
  maxBytes: 2 * MIB,
  maxNameLength: MAX_NAME_LENGTH,
  contentMatchesExtension: true,
  fourByteNames: false,
};

/**
 * Profiles of picture uploads. WeChat's documents disagree on the size:
 * `merchant` and `global` say 2M (2024-12-25, 2025-01-07), `ecommerce` says 5M (2024-11-18).
 */
export const IMAGE_PROFILES: Readonly<Record<ImageProfile, FileLimits>> = {
  merchant: IMAGE_LIMITS,
  global: IMAGE_LIMITS,
  ecommerce: { ...IMAGE_LIMITS, maxBytes: 5 * MIB },
};

/** The MP4 family shares one container, and WeChat does not say that it looks at the brand. */
const MP4_FAMILY: readonly Format[] = ["mp4", "mov", "m4v", "f4v"];

/** Profiles of video uploads: ten formats of up to 5M (2019-10-23 to 2024-11-18, all alike). */
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
    maxNameLength: MAX_NAME_LENGTH,
    contentMatchesExtension: true,
    fourByteNames: false,
  },
};

/** For endpoints this package has no document of: a name with an extension, and the largest size any of them states (7.5M). */
export const ANY_FILE_LIMITS: FileLimits = {
  extensions: {},
  maxBytes: 7.5 * MIB,
  maxNameLength: MAX_NAME_LENGTH,
  contentMatchesExtension: true,
  fourByteNames: false,
};

/** A picture profile's name. */
export type ImageProfile = "merchant" | "global" | "ecommerce";
/** A video profile's name. */
export type VideoProfile = "merchant";

/** The picture profile of a region. */
export function imageProfileOf(region: PayRegion): ImageProfile {
  return region === "global" ? "global" : "merchant";
}

/** What WeChat Pay's error tables say for each kind of bad file; `noun` is 图片 or 视频. */
export function payAnswers(noun: string, limits: FileLimits): WechatAnswers {
  const answer = (message: string) => ({
    status: 400,
    code: "PARAM_ERROR",
    message: `${message},请检查后重新提交`,
  });
  const name = answer(`${noun}文件名称不正确`);
  return {
    name,
    extension: name,
    format: answer(`文件二进制内容不是${noun}`),
    size: answer(`文件大小不能超过${limits.maxBytes / MIB}M`),
    empty: answer("文件为空"),
  };
}
