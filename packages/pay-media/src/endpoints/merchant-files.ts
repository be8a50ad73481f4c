import type { PayFileEndpoint } from "../pay-file-endpoint.ts";
import { withId } from "./reply-fields.ts";

/**
 * 文件上传, earlier 图片上传: pictures and PDF for 特约商户进件, 商户开户意愿确认 and other applications. Pictures of up
 * to 5 MiB and PDF of up to 7.5 MiB (2026-05); older texts of this page say pictures of up to 2 MiB.
 *
 * `uploadImage` sends to it, too.
 *
 * @see https://pay.weixin.qq.com/doc/v3/partner/4012760432
 *
 * @example
 * ```ts
 * import { createPayClient } from "@wechat-edge/core";
 * import { createEmulator, credentials } from "@wechat-edge/emulator";
 * import { sampleFile } from "@wechat-edge/emulator/samples";
 * import { uploadPayFile } from "@wechat-edge/pay-media";
 * import { merchantFile } from "@wechat-edge/pay-media/endpoints";
 *
 * const pay = createPayClient({ ...credentials.pay, fetch: createEmulator().fetch });
 * const { media_id } = await uploadPayFile(pay, merchantFile, sampleFile("licence.jpg"));
 * console.log(media_id.length); // 107
 * ```
 */
export const merchantFile: PayFileEndpoint<{ readonly media_id: string }> = {
  path: "/v3/merchant/media/upload",
  metaKeys: [],
  read: (reply) => withId(reply, "media_id"),
};

/**
 * 视频上传: videos of up to 5 MiB for the same applications. `uploadVideo` sends to it, too.
 *
 * @see https://pay.weixin.qq.com/docs/partner/apis/media-upload/media/video-upload.html
 *
 * @example
 * ```ts
 * import { createPayClient } from "@wechat-edge/core";
 * import { createEmulator, credentials } from "@wechat-edge/emulator";
 * import { sampleFile } from "@wechat-edge/emulator/samples";
 * import { uploadPayFile } from "@wechat-edge/pay-media";
 * import { merchantVideo } from "@wechat-edge/pay-media/endpoints";
 *
 * const pay = createPayClient({ ...credentials.pay, fetch: createEmulator().fetch });
 * const { media_id } = await uploadPayFile(pay, merchantVideo, sampleFile("clip.mp4"));
 * console.log(media_id.length); // 107
 * ```
 */
export const merchantVideo: PayFileEndpoint<{ readonly media_id: string }> = {
  path: "/v3/merchant/media/video_upload",
  metaKeys: [],
  read: (reply) => withId(reply, "media_id"),
};
