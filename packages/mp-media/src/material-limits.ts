import {
  CURRENT,
  JPG,
  type MEDIA_PROFILES,
  type MediaLimits,
  type MediaProfile,
  MIB,
  PICTURES,
  SOUNDS,
  takes,
  VOICE_SECONDS,
} from "./limits.ts";

const LIBRARY_PICTURES: MediaLimits["extensions"] = { ...PICTURES, bmp: ["bmp"] };
const LIBRARY_SOUNDS: MediaLimits["extensions"] = { ...SOUNDS, wma: ["asf-audio"], wav: ["wav"] };
const LIBRARY_CURRENT = {
  ...CURRENT,
  image: takes(LIBRARY_PICTURES, 10 * MIB),
  voice: takes(LIBRARY_SOUNDS, 2 * MIB, VOICE_SECONDS),
};
const LIBRARY_2M = { ...LIBRARY_CURRENT, image: takes(LIBRARY_PICTURES, 2 * MIB) };

/** Limits of permanent material by profile. `2012` and `2014`, which had none, use those of `media-api`. */
export const MATERIAL_PROFILES: typeof MEDIA_PROFILES = {
  2012: LIBRARY_2M,
  2014: LIBRARY_2M,
  "media-api": LIBRARY_2M,
  current: LIBRARY_CURRENT,
};

/** Today's page: jpg and png, under 1MB. 媒体API文档: 5M, and no list of formats. */
const ARTICLE_IMAGE_CURRENT = takes({ ...JPG, png: ["png"] }, MIB);
const ARTICLE_IMAGE_5M = takes(PICTURES, 5 * MIB);

/** Limits of pictures in articles by profile. */
export const ARTICLE_IMAGE_PROFILES: Readonly<Record<MediaProfile, MediaLimits>> = {
  2012: ARTICLE_IMAGE_5M,
  2014: ARTICLE_IMAGE_5M,
  "media-api": ARTICLE_IMAGE_5M,
  current: ARTICLE_IMAGE_CURRENT,
};
