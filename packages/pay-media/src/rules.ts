import type { LimitsOption } from "@wechat-edge/core";
import { type FileRules, resolveLimits } from "@wechat-edge/core/internal/upload";
import { IMAGE_PROFILES, type ImageProfile, payAnswers } from "./limits.ts";
import { VIDEO_PROFILES, type VideoProfile } from "./video-limits.ts";

/** The limits of a picture, and WeChat Pay's answers to files outside them. */
export function imageRules(
  standard: ImageProfile,
  option: LimitsOption<ImageProfile> | undefined,
): FileRules {
  const limits = resolveLimits(IMAGE_PROFILES, standard, option);
  return { limits, answers: payAnswers("图片", limits) };
}

/** The limits of a video, and WeChat Pay's answers to files outside them. */
export function videoRules(option: LimitsOption<VideoProfile> | undefined): FileRules {
  const limits = resolveLimits(VIDEO_PROFILES, "merchant", option);
  return { limits, answers: payAnswers("视频", limits) };
}
