import { MIB } from "../limits.ts";
import type { PayFileEndpoint } from "../pay-file-endpoint.ts";
import { PICTURE_LIMITS } from "./limits.ts";
import { withId } from "./reply-fields.ts";

/**
 * 上传文件 of WeChat Pay Global: PDF and pictures of up to 5 MiB with a name of up to 256 characters, for its applications.
 * The key of the digest is `digest`.
 *
 * @see https://pay.weixin.qq.com/wiki/doc/api_external/ch/apis/chapter4_1_11.shtml
 *
 * @example
 * ```ts
 * import { createPayClient } from "@wechat-edge/core";
 * import { createEmulator, credentials } from "@wechat-edge/emulator";
 * import { sampleFile } from "@wechat-edge/emulator/samples";
 * import { uploadPayFile } from "@wechat-edge/pay-media";
 * import { globalMerchantFile } from "@wechat-edge/pay-media/endpoints";
 *
 * const pay = createPayClient({ ...credentials.pay, fetch: createEmulator().fetch });
 * const { file_id } = await uploadPayFile(pay, globalMerchantFile, sampleFile("licence.jpg"));
 * console.log(file_id.length); // 36
 * ```
 */
export const globalMerchantFile: PayFileEndpoint<{ readonly file_id: string }> = {
  path: "/v3/global/merchant-storage/file/upload",
  metaKeys: [],
  digestKey: "digest",
  limits: {
    extensions: { ...PICTURE_LIMITS.extensions, pdf: ["pdf"] },
    maxBytes: 5 * MIB,
    maxNameLength: 256,
  },
  read: (reply) => withId(reply, "file_id"),
};
