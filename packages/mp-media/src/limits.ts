import type { FileLimits, LimitsOption } from "@wechat-edge/core";
import {
  type FileRules,
  namedChecks,
  resolveLimits,
  type SoundChecks,
  shown,
  type WechatAnswers,
} from "@wechat-edge/core/internal/upload";

/** Types of media, by WeChat's names. */
export type MediaType = "image" | "voice" | "video" | "thumb";

/** The limits of one call for one type of media. */
export interface MediaLimits extends FileLimits {
  /** Longest voice in seconds. 0.1 s more is accepted, because encoders pad. */
  readonly maxSeconds: number;
  /**
   * Whether a recording is accepted that has no whole frame, or (AMR) ends in the middle of one. WeChat does not say how it
   * treats these.
   */
  readonly truncatedSound: boolean;
}

/**
 * The document whose limits hold: `2012` (a tutorial with pictures of 128K), `2014` (上传下载多媒体文件, pictures of 1M),
 * `media-api` (媒体API文档), or `current` (新增临时素材, 新增永久素材, 上传图文消息图片; where a page states two numbers, the
 * larger). `reported`, the default, is `current` and what WeChat is reported to take beyond it: pictures
 * in articles that are GIF or up to 8 MiB, and permanent videos of up to 20 MiB.
 */
export type MediaProfile = "2012" | "2014" | "media-api" | "current" | "reported";

/** The profile that holds unless another is named. It refuses nothing that another takes. */
export const STANDARD = "reported";

const KIB = 1024;
export const MIB = 1_048_576;

type Extensions = FileLimits["extensions"];

export const JPG: Extensions = { jpg: ["jpeg"], jpeg: ["jpeg"] };
export const PICTURES: Extensions = { ...JPG, png: ["png"], gif: ["gif"] };
export const SOUNDS: Extensions = { amr: ["amr"], mp3: ["mp3"] };
/** These formats share one container; WeChat does not say that it looks at the brand. */
export const MP4: Extensions = { mp4: ["mp4", "mov", "m4v", "f4v"] };

/** Makes limits of what every profile has in common, and these. */
export function takes(
  extensions: Extensions,
  maxBytes: number,
  maxSeconds: number = Number.POSITIVE_INFINITY,
): MediaLimits {
  return {
    extensions,
    maxBytes,
    // Assumed: no document of an Official Account states a length. File systems take 255 bytes.
    maxNameLength: 255,
    maxNameBytes: 255,
    contentMatchesExtension: true,
    fourByteNames: true,
    maxSeconds,
    truncatedSound: false,
  };
}

export const VOICE_SECONDS = 60;
const THUMB = takes(JPG, 64 * KIB);
export const CURRENT: Readonly<Record<MediaType, MediaLimits>> = {
  image: takes(PICTURES, 10 * MIB),
  voice: takes(SOUNDS, 2 * MIB, VOICE_SECONDS),
  video: takes(MP4, 10 * MIB),
  thumb: THUMB,
};

/**
 * Limits of temporary media by profile. 媒体API文档 does not state them; those of `media-api` are from 素材管理 of the same
 * time.
 */
export const MEDIA_PROFILES: Readonly<
  Record<MediaProfile, Readonly<Record<MediaType, MediaLimits>>>
> = {
  2012: {
    image: takes(JPG, 128 * KIB),
    voice: takes(SOUNDS, 256 * KIB, VOICE_SECONDS),
    video: takes(MP4, MIB),
    thumb: THUMB,
  },
  2014: { ...CURRENT, image: takes(JPG, MIB) },
  "media-api": { ...CURRENT, image: takes(PICTURES, 2 * MIB) },
  current: CURRENT,
  reported: CURRENT,
};

/** The limits of one type of media in each profile. Throws TypeError for a type that WeChat does not have. */
export function profilesOf(
  profiles: typeof MEDIA_PROFILES,
  type: MediaType,
): Readonly<Record<MediaProfile, MediaLimits>> {
  if (typeof type !== "string" || !Object.hasOwn(CURRENT, type)) {
    throw new TypeError(
      `type must be one of ${Object.keys(CURRENT).join(", ")}, not ${shown(type)}: WeChat answers 40004 invalid media type to others.`,
    );
  }
  const entries = Object.entries(profiles).map(([name, kinds]) => [name, kinds[type]]);
  return Object.fromEntries(entries) as Record<MediaProfile, MediaLimits>;
}

/** The errcodes of a call for a file of another format, and for one that is too large. */
export interface Refusals {
  readonly type: keyof typeof TEXTS;
  readonly size: keyof typeof TEXTS;
}

/**
 * The limits of a call as rules for core, with WeChat's answers.
 *
 * @param sounds - the checks of sounds, of a call that takes them
 */
export function fileRules(
  profiles: Readonly<Record<MediaProfile, MediaLimits>>,
  option: LimitsOption<MediaProfile, MediaLimits> | undefined,
  refusals: Refusals,
  sounds?: SoundChecks<MediaLimits>,
): FileRules {
  const rules = {
    limits: resolveLimits(profiles, STANDARD, option),
    answers: answersOf(refusals),
  };
  const checks = namedChecks<MediaLimits>({
    ...rules,
    sounds,
    profile: [STANDARD, profiles[STANDARD]],
  });
  return { ...rules, checks };
}

/** From 全局返回码说明. The typo in 40006 is WeChat's. */
const TEXTS = {
  40005: "invalid file type",
  40006: "invalid meida size",
  40009: "invalid image size",
  40010: "invalid voice size",
  40011: "invalid video size",
  40012: "invalid thumb size",
  40113: "unsupported file type",
  41005: "media data missing",
  45001: "media size out of limit",
  45007: "playtime out of limit",
} as const;

/** WeChat's answers, all with status 200. */
function answersOf({ type, size }: Refusals): WechatAnswers {
  const answer = (code: keyof typeof TEXTS) => ({ status: 200, code, message: TEXTS[code] });
  return {
    name: answer(41005),
    extension: answer(type),
    format: answer(type),
    empty: answer(41005),
    size: answer(size),
    duration: answer(45007),
  };
}
