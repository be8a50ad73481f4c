export { checkImage, type ImageOptions, uploadImage } from "./image.ts";
export {
  IMAGE_PROFILES,
  type ImageProfile,
  type LimitsOption,
  VIDEO_PROFILES,
  type VideoProfile,
} from "./limits.ts";
export { uploadMarketingImage } from "./marketing-image.ts";
export type { PassThrough } from "./pass-through.ts";
export { type PayFileOptions, uploadPayFile } from "./pay-file.ts";
export type { PayFile, UploadOptions, UploadProgress } from "./upload.ts";
export { checkVideo, uploadVideo, type VideoOptions } from "./video.ts";
