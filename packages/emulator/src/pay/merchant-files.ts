import type { PayOptions } from "./options.ts";
import type { PayUploadEndpoint } from "./upload-endpoints.ts";

const MEBIBYTE = 1024 * 1024;

/** The limits of `/v3/merchant/media/upload` before 2026-05, when it was 图片上传. */
const IMAGE_2024 = { extensions: ["jpg", "jpeg", "png", "bmp"], maxBytes: 2 * MEBIBYTE };

/** The limits in effect for an upload, by `merchantFiles` and `limits`. */
export function limitsOf(
  endpoint: PayUploadEndpoint,
  { merchantFiles = "2026", limits }: PayOptions,
): Pick<PayUploadEndpoint, "extensions" | "maxBytes" | "maxBytesByExtension"> {
  const { kind, extensions, maxBytes, maxBytesByExtension = {} } = endpoint;
  const own = limits?.[kind];
  const isOld = kind === "image" && merchantFiles === "2024";
  const usual = isOld ? IMAGE_2024 : { extensions, maxBytes, maxBytesByExtension };
  return own === undefined ? usual : { extensions: usual.extensions, maxBytes: own };
}
