import type { JsonObject } from "@wechat-edge/core";
import { requiredText } from "@wechat-edge/core/internal/upload";
import type { PayFileEndpoint } from "../pay-file-endpoint.ts";
import { MARKETING_IMAGE_RATE, type PayRate } from "../rate.ts";
import { PICTURE_LIMITS } from "./limits.ts";
import { withText } from "./reply-fields.ts";

/**
 * 图片上传(营销专用): pictures of up to 2 MiB for 代金券, 商家券 and 支付有礼, at most 100 a minute.
 * `uploadMarketingImage` sends to it, too, and shares its rate.
 *
 * @see https://pay.weixin.qq.com/wiki/doc/apiv3/apis/chapter9_0_1.shtml
 *
 * @example
 * ```ts
 * import { createPayClient } from "@wechat-edge/core";
 * import { createEmulator, credentials } from "@wechat-edge/emulator";
 * import { sampleFile } from "@wechat-edge/emulator/samples";
 * import { uploadPayFile } from "@wechat-edge/pay-media";
 * import { marketingImage } from "@wechat-edge/pay-media/endpoints";
 *
 * const pay = createPayClient({ ...credentials.pay, fetch: createEmulator().fetch });
 * const { media_url } = await uploadPayFile(pay, marketingImage, sampleFile("cover.jpg"));
 * console.log(URL.canParse(media_url)); // true
 * ```
 */
export const marketingImage: PayFileEndpoint<{ readonly media_url: string }> = {
  path: "/v3/marketing/favor/media/image-upload",
  metaKeys: [],
  limits: PICTURE_LIMITS,
  rate: MARKETING_IMAGE_RATE,
  read: (reply) => withText(reply, "media_url"),
};

const COUPON_IMAGE_RATE: PayRate = { calls: 20, per: 1000 };
const COUPON_IMAGE_LIMITS = { ...PICTURE_LIMITS, maxNameLength: 150 };

/** Some texts call the field media_url. */
function couponImage(reply: JsonObject): { readonly image_url: string } {
  return { ...reply, image_url: requiredText(reply, "image_url", "media_url") };
}

/**
 * 图片上传 of 商品券, for service providers: pictures of up to 2 MiB with a name of up to 150 characters, at most 20 a
 * second. The address never expires.
 *
 * @see https://pay.weixin.qq.com/doc/v3/partner/4015781275
 *
 * @example
 * ```ts
 * import { createPayClient } from "@wechat-edge/core";
 * import { createEmulator, credentials } from "@wechat-edge/emulator";
 * import { sampleFile } from "@wechat-edge/emulator/samples";
 * import { uploadPayFile } from "@wechat-edge/pay-media";
 * import { productCouponImage } from "@wechat-edge/pay-media/endpoints";
 *
 * const pay = createPayClient({ ...credentials.pay, fetch: createEmulator().fetch });
 * const { image_url } = await uploadPayFile(pay, productCouponImage, sampleFile("cover.jpg"));
 * console.log(URL.canParse(image_url)); // true
 * ```
 */
export const productCouponImage: PayFileEndpoint<{ readonly image_url: string }> = {
  path: "/v3/marketing/partner/product-coupon/media/upload-image",
  metaKeys: [],
  limits: COUPON_IMAGE_LIMITS,
  rate: COUPON_IMAGE_RATE,
  read: couponImage,
};

/**
 * 图片上传 of 商品券, for brands (品牌商户): takes what {@link productCouponImage} takes. Its client has a `brandId`.
 *
 * @see https://pay.weixin.qq.com/doc/brand/4015736285
 *
 * @example
 * ```ts
 * import { createPayClient } from "@wechat-edge/core";
 * import { createEmulator, credentials } from "@wechat-edge/emulator";
 * import { sampleFile } from "@wechat-edge/emulator/samples";
 * import { uploadPayFile } from "@wechat-edge/pay-media";
 * import { brandProductCouponImage } from "@wechat-edge/pay-media/endpoints";
 *
 * const { mchid, serialNo, privateKey, platformKeys } = credentials.pay;
 * const brandId = "123456789"; // 品牌ID, with the keys of the brand
 * const { fetch } = createEmulator({ merchants: [{ mchid, brandId }] });
 * const pay = createPayClient({ brandId, serialNo, privateKey, platformKeys, fetch });
 * const { image_url } = await uploadPayFile(pay, brandProductCouponImage, sampleFile("cover.jpg"));
 * console.log(URL.canParse(image_url)); // true
 * ```
 */
export const brandProductCouponImage: PayFileEndpoint<{ readonly image_url: string }> = {
  ...productCouponImage,
  path: "/brand/marketing/product-coupon/media/upload-image",
};
