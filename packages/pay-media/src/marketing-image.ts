import type { FileInput, PayClient, StreamInput } from "@wechat-edge/core";
import { checkOptions, requiredText, UPLOAD_OPTIONS } from "@wechat-edge/core/internal/upload";
import type { ImageOptions } from "./image.ts";
import { imageRules } from "./rules.ts";
import { uploadTo } from "./upload.ts";

/**
 * Uploads a picture for coupons and other marketing and gives its `media_url`.
 *
 * Follows 图片上传(营销专用) (`/v3/marketing/favor/media/image-upload`).
 *
 * @throws what {@link uploadImage} throws
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012365335
 *
 * @example
 * ```ts
 * const { media_url } = await uploadMarketingImage(pay, new File([jpeg], "coupon.jpg"));
 * console.log(URL.canParse(media_url)); // true
 * ```
 */
export async function uploadMarketingImage(
  pay: PayClient,
  file: FileInput | StreamInput,
  options: ImageOptions = {},
): Promise<{ media_url: string }> {
  checkOptions("uploadMarketingImage", options, UPLOAD_OPTIONS);
  const endpoint = {
    operation: "uploadMarketingImage",
    path: "/v3/marketing/favor/media/image-upload",
    ...imageRules("merchant", options.limits),
  };
  return { media_url: requiredText(await uploadTo(pay, endpoint, file, options), "media_url") };
}
