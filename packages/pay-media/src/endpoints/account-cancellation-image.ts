import type { PayFileEndpoint } from "../pay-file-endpoint.ts";
import { PICTURE_LIMITS } from "./limits.ts";
import { withId } from "./reply-fields.ts";

/**
 * 注销申请图片上传 of 平台收付通: pictures of up to 2 MiB for the closing of a sub-merchant's account. Its keys are
 * `file_name` and `file_digest`, and it looks at the Content-Type of the part, which is that of the content.
 *
 * @see https://pay.weixin.qq.com/doc/v3/partner/4012691710
 *
 * @example
 * ```ts
 * import { createPayClient } from "@wechat-edge/core";
 * import { createEmulator, credentials } from "@wechat-edge/emulator";
 * import { sampleFile } from "@wechat-edge/emulator/samples";
 * import { uploadPayFile } from "@wechat-edge/pay-media";
 * import { accountCancellationImage } from "@wechat-edge/pay-media/endpoints";
 *
 * const pay = createPayClient({ ...credentials.pay, fetch: createEmulator().fetch });
 * const { media_id } = await uploadPayFile(pay, accountCancellationImage, sampleFile("licence.jpg"));
 * console.log(media_id.length); // 107
 * ```
 */
export const accountCancellationImage: PayFileEndpoint<{ readonly media_id: string }> = {
  path: "/v3/ecommerce/account/cancel-applications/media",
  metaKeys: [],
  filenameKey: "file_name",
  digestKey: "file_digest",
  limits: PICTURE_LIMITS,
  read: (reply) => withId(reply, "media_id"),
};
