import type { DigestedStreamInput, FileInput, PayClient } from "@wechat-edge/core";
import { checkOptions, requiredText, UPLOAD_OPTIONS } from "@wechat-edge/core/internal/upload";
import type { ImageOptions } from "./image.ts";
import { imageRules } from "./rules.ts";
import { uploadTo } from "./upload.ts";

/**
 * Uploads a JPG, PNG or BMP picture of up to 2 MiB for coupons (代金券) and other marketing, and resolves with its
 * `media_url`.
 *
 * Follows 图片上传(营销专用) (`POST /v3/marketing/favor/media/image-upload`).
 *
 * @param file - a file or stream, as for {@link uploadImage}
 * @throws the errors of {@link uploadImage}
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012365335
 *
 * @example
 * ```ts
 * import { createPayClient } from "@wechat-edge/core";
 * import { createEmulator, credentials } from "@wechat-edge/emulator";
 * import { sampleFile } from "@wechat-edge/emulator/samples";
 * import { uploadMarketingImage } from "@wechat-edge/pay-media";
 *
 * const pay = createPayClient({ ...credentials.pay, fetch: createEmulator().fetch });
 * const { media_url } = await uploadMarketingImage(pay, sampleFile("cover.jpg"));
 * console.log(URL.canParse(media_url)); // true
 * ```
 */
export async function uploadMarketingImage(
  pay: PayClient,
  file: FileInput | DigestedStreamInput,
  options: ImageOptions = {},
): Promise<{ readonly media_url: string }> {
  checkOptions("uploadMarketingImage", options, UPLOAD_OPTIONS);
  const endpoint = {
    operation: "uploadMarketingImage",
    path: "/v3/marketing/favor/media/image-upload",
    ...imageRules("merchant", options.limits),
  };
  return { media_url: requiredText(await uploadTo(pay, endpoint, file, options), "media_url") };
}
