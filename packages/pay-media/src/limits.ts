import type { FileLimits, PayRegion } from "@wechat-edge/core";
import type { WechatAnswers } from "@wechat-edge/core/internal/upload";

export const MIB: number = 1024 * 1024;

/** What holds for pictures, videos and other files. */
export const COMMON_LIMITS: Pick<
  FileLimits,
  "maxNameLength" | "maxNameBytes" | "contentMatchesExtension" | "fourByteNames"
> = {
  /** string[1,128] in every document that states a length. */
  maxNameLength: 128,
  /** No document states one: 128 Chinese characters have 384. */
  maxNameBytes: Number.POSITIVE_INFINITY,
  contentMatchesExtension: true,
  fourByteNames: false,
};

const IMAGE_LIMITS: FileLimits = {
  extensions: { jpg: ["jpeg"], jpeg: ["jpeg"], png: ["png"], bmp: ["bmp"] },
  maxBytes: 2 * MIB,
  ...COMMON_LIMITS,
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

/** Names of {@link IMAGE_PROFILES}. */
export type ImageProfile = "merchant" | "global" | "ecommerce" | "merchant-2024";

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
