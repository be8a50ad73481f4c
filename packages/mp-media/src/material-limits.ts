import {
  CURRENT,
  JPG,
  type MEDIA_PROFILES,
  type MediaLimits,
  type MediaProfile,
  MIB,
  MP4,
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
/** Reported: a video of over 10 MB is taken too; one of over 20 MB as well, but then it is not transcoded. */
const LIBRARY_REPORTED = { ...LIBRARY_CURRENT, video: takes(MP4, 20 * MIB) };
const LIBRARY_2M = { ...LIBRARY_CURRENT, image: takes(LIBRARY_PICTURES, 2 * MIB) };

/** Limits of permanent material by profile. `2012` and `2014`, which had none, use those of `media-api`. */
export const MATERIAL_PROFILES: typeof MEDIA_PROFILES = {
  2012: LIBRARY_2M,
  2014: LIBRARY_2M,
  "media-api": LIBRARY_2M,
  current: LIBRARY_CURRENT,
  reported: LIBRARY_REPORTED,
};

/**
 * Today's page: jpg and png, under 1MB. 媒体API文档: 5M, and no list of formats. WeChat's staff: GIF may be uploaded, and
 * 40009 comes beyond 8 MB (reported, developers.weixin.qq.com/community/develop/doc/000208381983c05f8e5197d666ec00,
 * 00022a06bb49c8147daccd68151c00 and 0006cc56b40078bc40d046d916b800).
 */
const ARTICLE_IMAGE_CURRENT = takes({ ...JPG, png: ["png"] }, MIB);
const ARTICLE_IMAGE_5M = takes(PICTURES, 5 * MIB);
const ARTICLE_IMAGE_REPORTED = takes(PICTURES, 8 * MIB);

/** Limits of pictures in articles by profile. */
export const ARTICLE_IMAGE_PROFILES: Readonly<Record<MediaProfile, MediaLimits>> = {
  2012: ARTICLE_IMAGE_5M,
  2014: ARTICLE_IMAGE_5M,
  "media-api": ARTICLE_IMAGE_5M,
  current: ARTICLE_IMAGE_CURRENT,
  reported: ARTICLE_IMAGE_REPORTED,
};
