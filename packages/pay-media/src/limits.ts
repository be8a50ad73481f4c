import type { FileLimits, Format, PayRegion } from "@wechat-edge/core";
import type { WechatAnswers } from "@wechat-edge/core/internal/upload";

const MIB = 1024 * 1024;

const COMMON = {
  /** string[1,128] in every document that states a length. */
  maxNameLength: 128,
  contentMatchesExtension: true,
  fourByteNames: false,
};

const IMAGE_LIMITS: FileLimits = {
  extensions: { jpg: ["jpeg"], jpeg: ["jpeg"], png: ["png"], bmp: ["bmp"] },
  maxBytes: 2 * MIB,
  ...COMMON,
};

/**
 * Limits of picture uploads by profile. WeChat's documents disagree on the size: 文件上传, as the page of `merchant` is
 * called since 2026-05, takes pictures of 5M and PDF of 7.5M; as 图片上传 it said 2M (`merchant-2024`, 2024-12-25), and
 * so does that of `global` (2025-01-07). That of `ecommerce` (2024-11-18) says 5M.
 */
export const IMAGE_PROFILES: Readonly<Record<ImageProfile, FileLimits>> = {
  merchant: {
    ...IMAGE_LIMITS,
    extensions: { ...IMAGE_LIMITS.extensions, pdf: ["pdf"] },
    maxBytes: 5 * MIB,
    maxBytesByExtension: { pdf: 7.5 * MIB },
  },
  global: IMAGE_LIMITS,
  ecommerce: { ...IMAGE_LIMITS, maxBytes: 5 * MIB },
  "merchant-2024": IMAGE_LIMITS,
};

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
    ...COMMON,
  },
};

/** For endpoints without a document here. 7.5M is the largest size that any document of such an endpoint states. */
export const ANY_FILE_LIMITS: FileLimits = {
  extensions: {},
  maxBytes: 7.5 * MIB,
  ...COMMON,
};

/** Names of {@link IMAGE_PROFILES}. */
export type ImageProfile = "merchant" | "global" | "ecommerce" | "merchant-2024";
/** Names of {@link VIDEO_PROFILES}. */
export type VideoProfile = "merchant";

/** The default profile of a client's region. */
export function imageProfileOf(region: PayRegion): ImageProfile {
  return region === "global" ? "global" : "merchant";
}

/** What WeChat Pay answers to each kind of bad file, by its error tables; `noun` is 图片 or 视频. */
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
