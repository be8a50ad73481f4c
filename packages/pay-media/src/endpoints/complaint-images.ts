import type { PayFileEndpoint } from "../pay-file-endpoint.ts";
import { PICTURE_LIMITS } from "./limits.ts";
import { withId } from "./reply-fields.ts";

/**
 * 商户上传反馈图片: pictures of up to 2 MiB for answers to complaints (消费者投诉).
 *
 * @see https://pay.weixin.qq.com/docs/merchant/apis/consumer-complaint/images/create-images.html
 *
 * @example
 * ```ts
 * import { createPayClient } from "@wechat-edge/core";
 * import { createEmulator, credentials } from "@wechat-edge/emulator";
 * import { sampleFile } from "@wechat-edge/emulator/samples";
 * import { uploadPayFile } from "@wechat-edge/pay-media";
 * import { complaintImage } from "@wechat-edge/pay-media/endpoints";
 *
 * const pay = createPayClient({ ...credentials.pay, fetch: createEmulator().fetch });
 * const { media_id } = await uploadPayFile(pay, complaintImage, sampleFile("picture.png"));
 * console.log(media_id.length); // 107
 * ```
 */
export const complaintImage: PayFileEndpoint<{ readonly media_id: string }> = {
  path: "/v3/merchant-service/images/upload",
  metaKeys: [],
  limits: PICTURE_LIMITS,
  read: (reply) => withId(reply, "media_id"),
};

/**
 * The same for complaints of WeChat Pay Global: pictures of up to 2 MiB. Reported: wechatpay-php has it, with the form of
 * {@link complaintImage}; no page of WeChat's was found.
 *
 * @example
 * ```ts
 * import { createPayClient } from "@wechat-edge/core";
 * import { createEmulator, credentials } from "@wechat-edge/emulator";
 * import { sampleFile } from "@wechat-edge/emulator/samples";
 * import { uploadPayFile } from "@wechat-edge/pay-media";
 * import { globalComplaintImage } from "@wechat-edge/pay-media/endpoints";
 *
 * const pay = createPayClient({ ...credentials.pay, fetch: createEmulator().fetch });
 * const { media_id } = await uploadPayFile(pay, globalComplaintImage, sampleFile("picture.png"));
 * console.log(media_id.length); // 107
 * ```
 */
export const globalComplaintImage: PayFileEndpoint<{ readonly media_id: string }> = {
  path: "/v3/global/merchant-service/images/upload",
  metaKeys: [],
  limits: PICTURE_LIMITS,
  read: (reply) => withId(reply, "media_id"),
};
