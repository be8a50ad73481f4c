export type {
  DigestedStreamInput,
  FileInput,
  LimitsOption,
  StreamInput,
  UploadOptions,
  UploadProgress,
} from "@wechat-edge/core";
export { checkImage, type ImageOptions, uploadImage } from "./image.ts";
export {
  IMAGE_PROFILES,
  type ImageProfile,
} from "./limits.ts";
export { type MarketingImageOptions, uploadMarketingImage } from "./marketing-image.ts";
export { type PayFileOptions, uploadPayFile } from "./pay-file.ts";
export type { PayFileEndpoint } from "./pay-file-endpoint.ts";
export type { PayRate } from "./rate.ts";
export { checkVideo, uploadVideo, type VideoOptions } from "./video.ts";
export { VIDEO_PROFILES, type VideoProfile } from "./video-limits.ts";
