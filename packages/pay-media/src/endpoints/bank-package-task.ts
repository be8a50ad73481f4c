import { checkKnownFields, checkText } from "@wechat-edge/core/internal/upload";
import { MIB } from "../limits.ts";
import type { PayFileEndpoint } from "../pay-file-endpoint.ts";
import { pathParameter } from "./path-parameter.ts";
import { withId } from "./reply-fields.ts";

/** What {@link bankPackageTask} needs. */
export interface BankPackageTask {
  /** Id of the package (号码包id). */
  readonly package_id: string;
  /** Such as `ICBC_DEBIT`. */
  readonly bank_type: string;
}

/**
 * 导入定向用户协议号, for banks: a txt or csv file of up to 2 MiB, each line an agreement number, encrypted. Upload is the
 * order itself: it resolves with the task.
 *
 * @throws TypeError if a field is missing, or is not known
 * @see https://pay.weixin.qq.com/wiki/doc/apiv3/open/pay/chapter4_3_2.shtml
 *
 * @example
 * ```ts
 * import { createPayClient } from "@wechat-edge/core";
 * import { createEmulator, credentials } from "@wechat-edge/emulator";
 * import { sampleFile } from "@wechat-edge/emulator/samples";
 * import { uploadPayFile } from "@wechat-edge/pay-media";
 * import { bankPackageTask } from "@wechat-edge/pay-media/endpoints";
 *
 * const pay = createPayClient({ ...credentials.pay, fetch: createEmulator().fetch });
 * const task = bankPackageTask({ package_id: "8473295", bank_type: "ICBC_DEBIT" });
 * const { task_id } = await uploadPayFile(pay, task, new File(["…\n"], "active_user.csv"));
 * console.log(typeof task_id); // string
 * ```
 */
export function bankPackageTask(
  input: BankPackageTask,
): PayFileEndpoint<{ readonly task_id: string }> {
  checkKnownFields("bankPackageTask", input, ["package_id", "bank_type"]);
  const { package_id, bank_type } = input;
  checkText("bank_type", bank_type);
  return {
    path: `/v3/marketing/bank/packages/${pathParameter("package_id", package_id)}/tasks`,
    meta: { bank_type },
    metaKeys: ["bank_type"],
    contentType: { txt: "text/plain", csv: "text/csv" },
    limits: { extensions: { txt: ["unknown"], csv: ["unknown"] }, maxBytes: 2 * MIB },
    read: (reply) => withId(reply, "task_id"),
  };
}
