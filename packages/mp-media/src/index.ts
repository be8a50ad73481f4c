export type {
  FileInput,
  LimitsOption,
  StreamInput,
  UploadOptions,
  UploadProgress,
} from "@wechat-edge/core";
export type { ByteStream } from "@wechat-edge/core/internal/upload";
export { checkArticleImage, uploadArticleImage } from "./article-image.ts";
export {
  type DownloadOptions,
  downloadJssdkVoice,
  downloadMedia,
  type VideoAddress,
} from "./download.ts";
export type { DownloadedFile } from "./file-reply.ts";
export {
  getMaterial,
  type MaterialArticle,
  type MaterialNews,
  type MaterialVideo,
} from "./get-material.ts";
export {
  type KeepOptions,
  type KeptMedia,
  keepMedia,
  type MediaToRefresh,
  type RefreshedMedia,
  refreshKeptMedia,
} from "./keep.ts";
export {
  MEDIA_PROFILES,
  type MediaLimits,
  type MediaProfile,
  type MediaType,
} from "./limits.ts";
export { addMaterial, checkMaterial, type MaterialInput } from "./material.ts";
export {
  countMaterial,
  deleteMaterial,
  listMaterial,
  type MaterialCount,
  type MaterialFile,
  type MaterialNewsEntry,
  type MaterialOptions,
  type MaterialPage,
  type MaterialShelf,
} from "./material-library.ts";
export { ARTICLE_IMAGE_PROFILES, MATERIAL_PROFILES } from "./material-limits.ts";
export { type MediaReply, mediaReplyXml } from "./media-reply-xml.ts";
export { type MediaMessage, type SendMediaOptions, sendMedia } from "./send-media.ts";
export {
  checkMedia,
  type MediaUploadOptions,
  type TemporaryMedia,
  uploadMedia,
} from "./temporary.ts";
