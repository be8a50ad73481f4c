import { type FileLimits, type Inspection, inspect, MediaError } from "@wechat-edge/core";
import { type FileRules, shown, type WechatAnswers } from "@wechat-edge/core/internal/upload";

/** Kinds of media, as the wire names them. */
export type MediaType = "image" | "voice" | "video" | "thumb";

/** What a call takes of one kind of media. */
export interface MediaLimits extends FileLimits {
  /** Longest sound in seconds; 0.1 s more are let pass, because an encoder pads. */
  readonly maxSeconds: number;
  /** Whether a recording may be cut: without a whole frame, or (AMR) in the middle of one. WeChat does not say what it makes of these. */
  readonly truncatedSound: boolean;
}

/**
 * WeChat's documents by age: `2012` (the tutorial that speaks of 128K pictures), `2014`
 * (上传下载多媒体文件, 1M pictures), `media-api` (媒体API文档), `current` (新增临时素材, 新增永久素材, 上传图文消息图片;
 * where one page has two numbers, the larger).
 */
export type MediaProfile = "2012" | "2014" | "media-api" | "current";

const KIB = 1024;
const MIB = 1024 * KIB;

const JPG = { jpg: ["jpeg"], jpeg: ["jpeg"] } as const;
const PICTURES = { ...JPG, png: ["png"], gif: ["gif"] } as const;
const LIBRARY_PICTURES = { ...PICTURES, bmp: ["bmp"] } as const;
const SOUNDS = { amr: ["amr"], mp3: ["mp3"] } as const;
const LIBRARY_SOUNDS = { ...SOUNDS, wma: ["asf-audio"], wav: ["wav"] } as const;
/** One container; WeChat does not say that it looks at the brand. */
const MP4 = { mp4: ["mp4", "mov", "m4v", "f4v"] } as const;

function takes(
  extensions: FileLimits["extensions"],
  maxBytes: number,
  maxSeconds = Number.POSITIVE_INFINITY,
): MediaLimits {
  return {
    extensions,
    maxBytes,
    // Not documented for an Official Account; what WeChat Pay takes, and file systems.
    maxNameLength: 255,
    contentMatchesExtension: true,
    fourByteNames: true,
    maxSeconds,
    truncatedSound: false,
  };
}

const VOICE_SECONDS = 60;
const THUMB = takes(JPG, 64 * KIB);
const CURRENT = {
  image: takes(PICTURES, 10 * MIB),
  voice: takes(SOUNDS, 2 * MIB, VOICE_SECONDS),
  video: takes(MP4, 10 * MIB),
  thumb: THUMB,
};
const IN_2014 = { ...CURRENT, image: takes(JPG, MIB) };

/** Limits of temporary media by profile; 媒体API文档 has none of its own, 素材管理 of its time has 2M pictures. */
export const MEDIA_PROFILES: Readonly<
  Record<MediaProfile, Readonly<Record<MediaType, MediaLimits>>>
> = {
  2012: {
    image: takes(JPG, 128 * KIB),
    voice: takes(SOUNDS, 256 * KIB, VOICE_SECONDS),
    video: takes(MP4, MIB),
    thumb: THUMB,
  },
  2014: IN_2014,
  "media-api": { ...CURRENT, image: takes(PICTURES, 2 * MIB) },
  current: CURRENT,
};

const LIBRARY_CURRENT = {
  image: takes(LIBRARY_PICTURES, 10 * MIB),
  voice: takes(LIBRARY_SOUNDS, 2 * MIB, VOICE_SECONDS),
  video: takes(MP4, 10 * MIB),
  thumb: THUMB,
};
const LIBRARY_2M = { ...LIBRARY_CURRENT, image: takes(LIBRARY_PICTURES, 2 * MIB) };

/** Limits of permanent material by profile; the older documents know none and are given those of `media-api`. */
export const MATERIAL_PROFILES: typeof MEDIA_PROFILES = {
  2012: LIBRARY_2M,
  2014: LIBRARY_2M,
  "media-api": LIBRARY_2M,
  current: LIBRARY_CURRENT,
};

/** "jpg/png, under 1MB" today; 5M and no list of formats in 媒体API文档. */
const ARTICLE_IMAGE_CURRENT = takes({ ...JPG, png: ["png"] }, MIB);
const ARTICLE_IMAGE_5M = takes(PICTURES, 5 * MIB);

/** Limits of pictures inside articles by profile. */
export const ARTICLE_IMAGE_PROFILES: Readonly<Record<MediaProfile, MediaLimits>> = {
  2012: ARTICLE_IMAGE_5M,
  2014: ARTICLE_IMAGE_5M,
  "media-api": ARTICLE_IMAGE_5M,
  current: ARTICLE_IMAGE_CURRENT,
};

/** The limits of one kind of media in each profile. Throws TypeError where WeChat knows no such kind. */
export function profilesOf(
  profiles: typeof MEDIA_PROFILES,
  type: MediaType,
): Readonly<Record<MediaProfile, MediaLimits>> {
  if (!Object.hasOwn(CURRENT, type)) {
    throw new TypeError(
      `type must be one of ${Object.keys(CURRENT).join(", ")}, not ${shown(type)}: WeChat answers 40004 invalid media type to others.`,
    );
  }
  const entries = Object.entries(profiles).map(([name, kinds]) => [name, kinds[type]]);
  return Object.fromEntries(entries) as Record<MediaProfile, MediaLimits>;
}

/** Encoders pad: an MP3 cut at 60 s holds up to two frames more. */
const DURATION_TOLERANCE_SECONDS = 0.1;

/** What a call answers to a file that is of no type it takes, or too large. */
export interface Refusals {
  readonly type: keyof typeof TEXTS;
  readonly size: keyof typeof TEXTS;
}

/** The checks of a file against limits. */
export function fileRules(limits: MediaLimits, refusals: Refusals): FileRules {
  const answers = answersOf(refusals);
  return {
    limits,
    answers,
    checkSource: async (source, options) =>
      checkSound(source.name, await inspect(source, options), limits, answers),
  };
}

function checkSound(
  name: string,
  { duration, truncated }: Inspection,
  { maxSeconds, truncatedSound }: MediaLimits,
  answers: WechatAnswers,
): void {
  if ((duration === 0 || truncated === true) && !truncatedSound) {
    const what = duration === 0 ? "has no whole frame" : "ends in the middle of a frame";
    throw new MediaError(
      `${JSON.stringify(name)} ${what}: the recording was cut off. Record it again, or set limits.truncatedSound to true.`,
      {
        reason: "format",
        expected: "whole frames",
        actual: what,
        option: "limits.truncatedSound",
      },
    );
  }
  if (duration === undefined || duration <= maxSeconds + DURATION_TOLERANCE_SECONDS) return;
  throw new MediaError(
    `${JSON.stringify(name)} lasts ${duration.toFixed(2)} s; at most ${maxSeconds} s are allowed. Shorten it, or raise limits.maxSeconds.`,
    {
      reason: "duration",
      expected: `at most ${maxSeconds} s`,
      actual: `${duration.toFixed(2)} s`,
      answer: answers.duration,
      option: "limits.maxSeconds",
    },
  );
}

/** 全局返回码说明; the typo of 40006 is that of live replies. */
const TEXTS = {
  40005: "invalid file type",
  40006: "invalid meida size",
  40009: "invalid image size",
  40010: "invalid voice size",
  40011: "invalid video size",
  40012: "invalid thumb size",
  40113: "unsupported file type",
  41005: "media data missing",
  44001: "empty media data",
  45001: "media size out of limit",
  45007: "playtime out of limit",
} as const;

/** What an Official Account's API answers, always under status 200. */
function answersOf({ type, size }: Refusals): WechatAnswers {
  const answer = (code: keyof typeof TEXTS) => ({ status: 200, code, message: TEXTS[code] });
  return {
    name: answer(41005),
    extension: answer(type),
    format: answer(type),
    empty: answer(44001),
    size: answer(size),
    duration: answer(45007),
  };
}
