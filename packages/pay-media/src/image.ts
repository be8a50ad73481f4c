import type {
  FileInput,
  Inspection,
  LimitsOption,
  PayClient,
  StreamInput,
  UploadOptions,
} from "@wechat-edge/core";
import { payParts } from "@wechat-edge/core/internal/pay";
import {
  CHECK_OPTIONS,
  checkFile,
  checkOptions,
  requiredText,
  UPLOAD_OPTIONS,
} from "@wechat-edge/core/internal/upload";
import { type ImageProfile, imageProfileOf } from "./limits.ts";
import { imageRules } from "./rules.ts";
import { uploadTo } from "./upload.ts";

/** Options of picture uploads. */
export interface ImageOptions extends UploadOptions {
  /** `merchant`, `global` (both 2 MiB), `ecommerce` (5 MiB) or single limits; by default what the client's region says. */
  readonly limits?: LimitsOption<ImageProfile> | undefined;
}

/**
 * Uploads a JPG, PNG or BMP picture and gives the `media_id` that applications and complaints ask for.
 *
 * Follows 图片上传 (`/v3/merchant/media/upload`), mainland and Global.
 *
 * @throws MediaError before anything is sent; PayApiError, SignatureError, NetworkError, TimeoutError, ReplyError, KeyError
 * @see https://pay.weixin.qq.com/doc/global/v3/zh/4013025099
 *
 * @example
 * ```ts
 * const { media_id } = await uploadImage(pay, new File([jpeg], "licence.jpg"));
 * console.log(media_id.length > 0); // true
 * ```
 */
export async function uploadImage(
  pay: PayClient,
  file: FileInput | StreamInput,
  options: ImageOptions = {},
): Promise<{ media_id: string }> {
  checkOptions("uploadImage", options, UPLOAD_OPTIONS);
  payParts(pay);
  const endpoint = {
    operation: "uploadImage",
    path: "/v3/merchant/media/upload",
    ...imageRules(imageProfileOf(pay.region), options.limits),
  };
  return { media_id: requiredText(await uploadTo(pay, endpoint, file, options), "media_id") };
}

/**
 * Checks a picture as {@link uploadImage} does, without a client and without the network: for a page, before the file leaves it.
 *
 * @throws MediaError that says what is wrong and what WeChat would have answered
 *
 * @example
 * ```ts
 * const { format, width, height } = await checkImage(new File([jpeg], "licence.jpg"));
 * console.log(format, width, height); // jpeg 1200 800
 * ```
 */
export async function checkImage(
  file: FileInput,
  options: Pick<ImageOptions, "signal" | "limits"> = {},
): Promise<Inspection> {
  checkOptions("checkImage", options, CHECK_OPTIONS);
  return checkFile(imageRules("merchant", options.limits), file, options);
}
