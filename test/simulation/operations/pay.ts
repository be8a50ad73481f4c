import { decryptSensitive, encryptSensitive, payRequest } from "@wechat-edge/core";
import { checkPayClient } from "@wechat-edge/core/pay-doctor";
import { type PayFileEndpoint, uploadPayFile } from "@wechat-edge/pay-media";
import { downloadPayFile } from "@wechat-edge/pay-media/downloads";
import * as endpoints from "@wechat-edge/pay-media/endpoints";
import type { Run } from "../run.ts";
import type { SimulatedOperation } from "../simulation.ts";
import { sampleFile } from "./samples.ts";

/** What the bill of the simulation says. */
export const BILL: string = `交易时间,公众账号ID\r\n${"`2026-11-20,`wx1\r\n".repeat(40)}`;
export const BILL_DATE = "2026-11-20";

const PDF = new File(["%PDF-1.7 …"], "fapiao.pdf");
const CSV = new File(["…\n"], "active_user.csv");
const SM3 = "731cbaf8a98d78366c36e024df3be8849c411cbd030d6196e26bc92f26be3fd4";

/** Each endpoint by the name of its export, with a file that it takes. */
const uploads: Readonly<
  Record<string, readonly [endpoint: (run: Run) => unknown, file: () => File]>
> = {
  accountCancellationImage: [() => endpoints.accountCancellationImage, jpeg],
  bankPackageTask: [
    () => endpoints.bankPackageTask({ package_id: "8473295", bank_type: "ICBC_DEBIT" }),
    () => CSV,
  ],
  complaintImage: [() => endpoints.complaintImage, jpeg],
  globalComplaintImage: [() => endpoints.globalComplaintImage, jpeg],
  fapiaoFile: [() => endpoints.fapiaoFile({ file_type: "PDF", digest: SM3 }), () => PDF],
  taxiFapiaoFile: [
    () =>
      endpoints.taxiFapiaoFile({ company_mchid: "1900000109", region_id: 310_100, digest: SM3 }),
    () => PDF,
  ],
  globalMerchantFile: [() => endpoints.globalMerchantFile, jpeg],
  brandProductCouponImage: [() => endpoints.brandProductCouponImage, jpeg],
  marketingImage: [() => endpoints.marketingImage, jpeg],
  productCouponImage: [() => endpoints.productCouponImage, jpeg],
  merchantFile: [() => endpoints.merchantFile, jpeg],
  merchantVideo: [() => endpoints.merchantVideo, () => sampleFile("clip.mp4")],
  dueDiligenceFile: [
    () =>
      endpoints.dueDiligenceFile({
        due_diligence_id: "123000110_2_2190381",
        sub_mchid: "1230001104",
        item_id: 130_013,
      }),
    jpeg,
  ],
  submissionFile: [() => endpoints.submissionFile({ sub_mchid: "1230001104", item_id: 56 }), jpeg],
  shoppingReceipt: [shoppingReceipt, jpeg],
};

function jpeg(): File {
  return sampleFile("picture.png");
}

async function shoppingReceipt({ process }: Run): Promise<unknown> {
  const { ciphertext, platformKeyId } = await encryptSensitive(process.pay, "4006700700");
  return endpoints.shoppingReceipt({
    transaction_merchant_id: "1900000109",
    transaction_id: "4200001234202611220000000001",
    openid: "o",
    merchant_contact_information: { consultation_phone_number: ciphertext },
    platformKeyId,
  } as never);
}

const uploadOperations = Object.fromEntries(
  Object.entries(uploads).map(([name, [endpointOf, file]]): [string, SimulatedOperation] => [
    name,
    {
      requests: 2,
      async run(run) {
        const endpoint = (await endpointOf(run)) as PayFileEndpoint<object>;
        return uploadPayFile(run.process.pay, endpoint, file(), { signal: run.abort.signal });
      },
    },
  ]),
);

/** Operations of WeChat Pay that need more than an example. */
export const ownPayOperations: Readonly<Record<string, SimulatedOperation>> = {
  ...uploadOperations,
  checkPayClient: {
    requests: 3,
    run: ({ process, abort }) => checkPayClient(process.pay, { signal: abort.signal }),
  },
  encryptSensitive: { requests: 1, run: ({ process }) => encryptSensitive(process.pay, "张三") },
  decryptSensitive: {
    requests: 1,
    async run({ process }) {
      return decryptSensitive(process.pay, "AAAA");
    },
  },
  downloadPayFile: { requests: 3, run: download },
};

/** A bill, read to its end. What was read must be what WeChat Pay has. */
async function download({ process, abort, random }: Run): Promise<string> {
  const { signal } = abort;
  const query = { bill_date: BILL_DATE, ...(random.chance(0.5) && { tar_type: "GZIP" }) };
  const call = { method: "GET", path: "/v3/bill/tradebill", query };
  const bill = await payRequest<{ download_url: string; hash_type: string; hash_value: string }>(
    process.pay,
    call,
    { signal },
  );
  const { body } = await downloadPayFile(process.pay, bill, { signal });
  const chunks: Uint8Array[] = [];
  for await (const chunk of body as AsyncIterable<Uint8Array>) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
