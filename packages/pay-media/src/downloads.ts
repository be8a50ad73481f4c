export type { ByteStream } from "@wechat-edge/core/internal/upload";
export {
  downloadPayFile,
  type PayDownload,
  type PayDownloadOptions,
} from "./downloads/download-pay-file.ts";
export type { ComparedDigest } from "./downloads/expected-digest.ts";
export type { PayFileAddress } from "./downloads/target.ts";
