import { checkKnownFields, checkText, shown } from "@wechat-edge/core/internal/upload";
import type { PayFileEndpoint } from "../pay-file-endpoint.ts";
import { pathParameter } from "./path-parameter.ts";
import { withId } from "./reply-fields.ts";

/** What {@link submissionFile} needs. */
export interface SubmissionFile {
  readonly sub_mchid: string;
  /** Id of the item that the file is for (资料项). */
  readonly item_id: string | number;
}

/** What {@link dueDiligenceFile} needs. */
export interface DueDiligenceFile {
  /** 尽调单号. */
  readonly due_diligence_id: string;
  readonly sub_mchid: string;
  /** Id of the item that the file is for (资料项). */
  readonly item_id: number;
}

/** The keys of both. */
const NAMES = { filenameKey: "file_name", digestKey: "file_digest", digestCase: "upper" } as const;

/**
 * 上传商户提交资料文件: a file for 商户管理记录, under the part `submission_file`, with the digest in capitals. Each item
 * states its own extensions and size; so only 1 byte to 7.5 MiB is checked.
 *
 * `item_id` goes as a field beside `meta`. Others report it inside `meta`:
 * `{ ...submissionFile(input), fields: {}, meta: { item_id }, metaKeys: ["item_id"] }`.
 *
 * @throws TypeError if a field is missing, or is not known
 * @see https://pay.weixin.qq.com/doc/v3/partner/4014940425
 *
 * @example
 * ```ts
 * import { createPayClient } from "@wechat-edge/core";
 * import { createEmulator, credentials } from "@wechat-edge/emulator";
 * import { sampleFile } from "@wechat-edge/emulator/samples";
 * import { uploadPayFile } from "@wechat-edge/pay-media";
 * import { submissionFile } from "@wechat-edge/pay-media/endpoints";
 *
 * const pay = createPayClient({ ...credentials.pay, fetch: createEmulator().fetch });
 * const item = submissionFile({ sub_mchid: "1230001104", item_id: 56 });
 * const { file_id } = await uploadPayFile(pay, item, sampleFile("licence.jpg"));
 * console.log(typeof file_id); // string
 * ```
 */
export function submissionFile(
  input: SubmissionFile,
): PayFileEndpoint<{ readonly file_id: string }> {
  checkKnownFields("submissionFile", input, ["sub_mchid", "item_id"]);
  const { sub_mchid, item_id } = input;
  if (!/^(?:string|number)$/.test(typeof item_id) || !/^[\w-]+$/.test(String(item_id)))
    throw notAnItem(item_id);
  return {
    ...NAMES,
    path: `/v3/mch-manage/submission-files/sub-mchid/${pathParameter("sub_mchid", sub_mchid)}/upload`,
    metaKeys: [],
    part: "submission_file",
    fields: { item_id: String(item_id) },
    read: (reply) => withId(reply, "file_id"),
  };
}

/**
 * 上传尽调资料文件: a file for 商户尽职调查, under the part `due_diligence_file`.
 *
 * @throws TypeError if a field is missing, or is not known
 * @see https://pay.weixin.qq.com/doc/v3/partner/4015631042
 *
 * @example
 * ```ts
 * import { createPayClient } from "@wechat-edge/core";
 * import { createEmulator, credentials } from "@wechat-edge/emulator";
 * import { sampleFile } from "@wechat-edge/emulator/samples";
 * import { uploadPayFile } from "@wechat-edge/pay-media";
 * import { dueDiligenceFile } from "@wechat-edge/pay-media/endpoints";
 *
 * const pay = createPayClient({ ...credentials.pay, fetch: createEmulator().fetch });
 * const input = { due_diligence_id: "123000110_2_2190381", sub_mchid: "1230001104", item_id: 130013 };
 * const { file_id } = await uploadPayFile(pay, dueDiligenceFile(input), sampleFile("licence.jpg"));
 * console.log(typeof file_id); // string
 * ```
 */
export function dueDiligenceFile(
  input: DueDiligenceFile,
): PayFileEndpoint<{ readonly file_id: string }> {
  checkKnownFields("dueDiligenceFile", input, ["due_diligence_id", "sub_mchid", "item_id"]);
  const { due_diligence_id, sub_mchid, item_id } = input;
  checkText("sub_mchid", sub_mchid);
  if (typeof item_id !== "number") throw notAnItem(item_id);
  const id = pathParameter("due_diligence_id", due_diligence_id);
  return {
    ...NAMES,
    path: `/v3/mch-operation-manage/enhanced-due-diligence/${id}/upload`,
    meta: { sub_mchid, item_id },
    metaKeys: ["sub_mchid", "item_id"],
    part: "due_diligence_file",
    read: (reply) => withId(reply, "file_id"),
  };
}

function notAnItem(item: unknown): TypeError {
  return new TypeError(`item_id must be the id of an item, such as 56, not ${shown(item)}.`);
}
