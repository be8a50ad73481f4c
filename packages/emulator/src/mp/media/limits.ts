import type { MediaFormat } from "./formats/identify.ts";

/** The types of media of the Official Account. */
export type MediaType = "image" | "voice" | "video" | "thumb";
const MEDIA_TYPES: readonly MediaType[] = ["image", "voice", "video", "thumb"];
export const isMediaType = (text: string): text is MediaType =>
  (MEDIA_TYPES as readonly string[]).includes(text);

/** An upload (media/upload, add_material or uploadimg) with the type of the file. */
export type MediaSlot = `${"temporary" | "material"}-${MediaType}` | "article-image";

/** The limits by name: bytes of a file, seconds of a voice, files in the library of an account. */
export type MpLimitName = MediaSlot | "voice-seconds" | "library-images" | "library-others";

/**
 * The documents whose limits apply: of about 2012, of 2014, of 媒体API, or today's; or today's with what WeChat is reported
 * to take beyond them.
 */
export type MediaProfile = "2012" | "2014" | "media-api" | "current" | "reported";

interface SlotRule {
  bytes: number;
  formats: readonly MediaFormat[];
}

const KIB = 1024;
const MIB = 1024 * 1024;
const VOICE: readonly MediaFormat[] = ["amr", "mp3"];
const PICTURES: readonly MediaFormat[] = ["jpeg", "png", "gif"];

/** Documented in 媒体API文档 and 素材管理 of its time; that 1M is 2^20 bytes is assumed everywhere. */
const MEDIA_API: Record<MediaSlot, SlotRule> = {
  "temporary-image": { bytes: 2 * MIB, formats: PICTURES },
  "temporary-voice": { bytes: 2 * MIB, formats: VOICE },
  "temporary-video": { bytes: 10 * MIB, formats: ["mp4"] },
  "temporary-thumb": { bytes: 64 * KIB, formats: ["jpeg"] },
  "material-image": { bytes: 2 * MIB, formats: ["bmp", ...PICTURES] },
  "material-voice": { bytes: 2 * MIB, formats: [...VOICE, "wma", "wav"] },
  "material-video": { bytes: 10 * MIB, formats: ["mp4"] },
  "material-thumb": { bytes: 64 * KIB, formats: ["jpeg"] },
  // 媒体API文档 lists no formats here; those of a temporary picture are assumed.
  "article-image": { bytes: 5 * MIB, formats: PICTURES },
};

/** Documented in 上传下载多媒体文件. There was no permanent material yet; its limits are those of 媒体API. */
const IN_2014: Record<MediaSlot, SlotRule> = {
  ...MEDIA_API,
  "temporary-image": { bytes: MIB, formats: ["jpeg"] },
};

/** Documented in the first version of the same page. */
const IN_2012: Record<MediaSlot, SlotRule> = {
  ...IN_2014,
  "temporary-image": { bytes: 128 * KIB, formats: ["jpeg"] },
  "temporary-voice": { bytes: 256 * KIB, formats: VOICE },
  "temporary-video": { bytes: MIB, formats: ["mp4"] },
};

/** The loosest limits of today's pages, which say 2 MB and 10 MB for the same picture. */
const CURRENT: Record<MediaSlot, SlotRule> = {
  ...MEDIA_API,
  "temporary-image": { bytes: 10 * MIB, formats: PICTURES },
  "material-image": { bytes: 10 * MIB, formats: ["bmp", ...PICTURES] },
  "article-image": { bytes: MIB, formats: ["jpeg", "png"] },
};

/**
 * Reported by WeChat's staff: a picture of an article may be a GIF, and is refused only above 8 MB
 * (developers.weixin.qq.com/community/develop/doc/000208381983c05f8e5197d666ec00). Reported by
 * developers: a permanent video of over 10 MB is taken, and transcoded up to 20 MB; that a larger one is
 * refused is assumed.
 */
const REPORTED: Record<MediaSlot, SlotRule> = {
  ...CURRENT,
  "article-image": { bytes: 8 * MIB, formats: PICTURES },
  "material-video": { bytes: 20 * MIB, formats: ["mp4"] },
};

const PROFILES: Record<MediaProfile, Record<MediaSlot, SlotRule>> = {
  2012: IN_2012,
  2014: IN_2014,
  "media-api": MEDIA_API,
  current: CURRENT,
  reported: REPORTED,
};

export const mediaProfiles: readonly MediaProfile[] = Object.keys(PROFILES) as MediaProfile[];

/** Documented. */
const OTHER_LIMITS = { "voice-seconds": 60, "library-images": 100_000, "library-others": 1000 };

export const mpLimitNames: readonly MpLimitName[] = [
  ...(Object.keys(CURRENT) as MediaSlot[]),
  ...(Object.keys(OTHER_LIMITS) as (keyof typeof OTHER_LIMITS)[]),
];

export interface MpLimits {
  of(name: MpLimitName): number;
  formats(slot: MediaSlot): readonly MediaFormat[];
}

export function createMpLimits(
  profile: MediaProfile,
  overrides: Partial<Record<MpLimitName, number>>,
): MpLimits {
  const slots = PROFILES[profile];
  const isOther = (name: MpLimitName): name is keyof typeof OTHER_LIMITS => name in OTHER_LIMITS;
  return {
    of: (name) => overrides[name] ?? (isOther(name) ? OTHER_LIMITS[name] : slots[name].bytes),
    formats: (slot) => slots[slot].formats,
  };
}
