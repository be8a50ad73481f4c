import type { DigestedStreamInput, FileInput, PayClient } from "@wechat-edge/core";
import {
  checkOptions,
  type OptionKinds,
  requiredText,
  UPLOAD_OPTIONS,
} from "@wechat-edge/core/internal/upload";
import type { ImageOptions } from "./image.ts";
import { MARKETING_IMAGE_RATE, pacer, type RateOption } from "./rate.ts";
import { imageRules } from "./rules.ts";
import { uploadTo } from "./upload.ts";

/** Options of {@link uploadMarketingImage}. */
export interface MarketingImageOptions extends ImageOptions, RateOption {}

const OPTIONS: OptionKinds<MarketingImageOptions> = { ...UPLOAD_OPTIONS, rate: true };

/**
 * Uploads a JPG, PNG or BMP picture of up to 2 MiB for coupons (代金券) and other marketing, and resolves with its
 * `media_url`.
 *
 * WeChat takes 100 calls a minute. Calls of a client beyond that wait; the option `rate` changes it.
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
  options: MarketingImageOptions = {},
): Promise<{ readonly media_url: string }> {
  checkOptions("uploadMarketingImage", options, OPTIONS);
  const { rate = MARKETING_IMAGE_RATE } = options;
  const path = "/v3/marketing/favor/media/image-upload";
  const endpoint = {
    operation: "uploadMarketingImage",
    path,
    pace: pacer(pay, path, rate, options.signal),
    ...imageRules("merchant-2024", options.limits),
  };
  return { media_url: requiredText(await uploadTo(pay, endpoint, file, options), "media_url") };
}
