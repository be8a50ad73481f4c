import type {
  DigestedStreamInput,
  FileInput,
  Inspection,
  LimitsOption,
  PayClient,
  UploadOptions,
} from "@wechat-edge/core";
import { payParts } from "@wechat-edge/core/internal/pay";
import {
  CHECK_OPTIONS,
  checkFile,
  checkOptions,
  requiredId,
  UPLOAD_OPTIONS,
} from "@wechat-edge/core/internal/upload";
import { type ImageProfile, imageProfileOf } from "./limits.ts";
import { imageRules } from "./rules.ts";
import { uploadTo } from "./upload.ts";

/** Options of picture uploads. */
export interface ImageOptions extends UploadOptions {
  /**
   * The name of a profile: `merchant` (pictures up to 5 MiB, PDF up to 7.5 MiB), `ecommerce` (pictures up to 5 MiB),
   * `global` or `merchant-2024` (pictures up to 2 MiB); or single limits that replace those of the default profile, such
   * as `{ maxBytes: 3_000_000 }`.
   * The default is `global` for a client of that region, and `merchant` for all others.
   */
  readonly limits?: LimitsOption<ImageProfile> | undefined;
}

/**
 * Uploads a JPG, PNG or BMP picture of up to 5 MiB or a PDF of up to 7.5 MiB, and resolves with the `media_id` that
 * other calls of WeChat Pay ask for, such as 特约商户进件.
 *
 * That is what WeChat's newest text says (文件上传, 2026-05). Older ones, and that of WeChat Pay Global, say pictures of
 * up to 2 MiB: `limits: "merchant-2024"` refuses what they do not allow.
 *
 * The file is checked before anything is sent. Lost connections, timeouts, 5xx and 429 are tried again, but not with a
 * stream. WeChat does not say whether a second upload of a file returns the same `media_id`.
 *
 * Follows 文件上传, earlier 图片上传 (`POST /v3/merchant/media/upload`), mainland and Global.
 *
 * @param pay - a client that `createPayClient` made
 * @param file - a File, a Blob or bytes with a name, a reader `{ name, size, read(start, end) }`, or a stream
 * `{ name, size, sha256, stream }`; sizes are in bytes, `sha256` is in hexadecimal
 * @throws MediaError if WeChat would refuse the file, before anything is sent; also if the file changes while it is read
 * @throws TypeError if an argument or option is wrong
 * @throws KeyError if a key of the client cannot be used
 * @throws PayApiError if WeChat answers with an error
 * @throws SignatureError if the reply is not signed by a platform key
 * @throws NetworkError or TimeoutError if the last try, too, got no complete reply
 * @throws ReplyError if the reply is not what WeChat documents
 * @see https://pay.weixin.qq.com/doc/global/v3/zh/4013025099
 *
 * @example
 * ```ts
 * import { createPayClient } from "@wechat-edge/core";
 * import { createEmulator, credentials } from "@wechat-edge/emulator";
 * import { sampleFile } from "@wechat-edge/emulator/samples";
 * import { uploadImage } from "@wechat-edge/pay-media";
 *
 * const pay = createPayClient({ ...credentials.pay, fetch: createEmulator().fetch });
 * const { media_id } = await uploadImage(pay, sampleFile("licence.jpg"));
 * console.log(media_id.length); // 107
 * ```
 */
export async function uploadImage(
  pay: PayClient,
  file: FileInput | DigestedStreamInput,
  options: ImageOptions = {},
): Promise<{ readonly media_id: string }> {
  checkOptions("uploadImage", options, UPLOAD_OPTIONS);
  payParts(pay);
  const endpoint = {
    operation: "uploadImage",
    path: "/v3/merchant/media/upload",
    ...imageRules(imageProfileOf(pay.region), options.limits),
  };
  return { media_id: requiredId(await uploadTo(pay, endpoint, file, options), "media_id") };
}

/**
 * Checks a picture as {@link uploadImage} does, without a client and without the network. Use it in a page, before the
 * user sends the file.
 *
 * Resolves with the format of the content, its MIME type, and the width and height in pixels.
 *
 * @param options - `limits` as for `uploadImage`, by default those of `merchant`; `signal`
 * @throws MediaError if WeChat would refuse the file: `reason` says why, `answer` what WeChat would have answered
 * @throws TypeError if an argument or option is wrong
 *
 * @example
 * ```ts
 * import { sampleFile } from "@wechat-edge/emulator/samples";
 * import { checkImage } from "@wechat-edge/pay-media";
 *
 * const { format, width, height } = await checkImage(sampleFile("licence.jpg"));
 * console.log(format, width, height); // jpeg 480 320
 * ```
 */
export async function checkImage(
  file: FileInput,
  options: Pick<ImageOptions, "signal" | "limits"> = {},
): Promise<Inspection> {
  checkOptions("checkImage", options, CHECK_OPTIONS);
  return checkFile(imageRules("merchant", options.limits), file, options);
}
