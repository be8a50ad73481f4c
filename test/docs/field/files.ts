import { createHash } from "node:crypto";
import { createPayClient, encryptSensitive, type PayClient } from "@wechat-edge/core";
import { createEmulator, credentials } from "@wechat-edge/emulator";
import { sampleFile } from "@wechat-edge/emulator/samples";
import { uploadPayFile } from "@wechat-edge/pay-media";
import * as endpoints from "@wechat-edge/pay-media/endpoints";
import { outcome } from "./outcome.ts";
import type { FieldCase, FieldRow } from "./row.ts";

type Endpoint = Parameters<typeof uploadPayFile>[1];

const picture = sampleFile("licence.jpg");
const pdf = new File(["%PDF-1.7\n"], "file.pdf");
const sm3 = (bytes: Uint8Array): string => createHash("sm3").update(bytes).digest("hex");

function uploadTo(
  input: string,
  endpoint: (pay: PayClient) => unknown,
  file: File = picture,
): FieldCase {
  return {
    input,
    run() {
      const emulator = createEmulator();
      const pay = createPayClient({ ...credentials.pay, fetch: emulator.fetch, retry: false });
      return outcome(
        async () =>
          Object.keys(await uploadPayFile(pay, (await endpoint(pay)) as Endpoint, file)).join(", "),
        emulator,
      );
    },
  };
}

const described = (input: string, endpoint: object, file?: File): FieldCase =>
  uploadTo(input, () => endpoint, file);

const fapiao = { path: "/v3/new-tax-control-fapiao/fapiao-applications/upload-fapiao-file" };

export const fileRows: readonly FieldRow[] = [
  {
    id: "P10",
    about: "Any endpoint that takes a file",
    evidence:
      "documented, each by its own page; reported (apache-httpclient#97, WxJava#1639 #3327, wechatpay-go#221, easywechat#2622).",
    cases: [
      uploadTo("`merchantFile`", () => endpoints.merchantFile),
      uploadTo("`merchantVideo`", () => endpoints.merchantVideo, sampleFile("clip.mp4")),
      uploadTo("`marketingImage`", () => endpoints.marketingImage),
      uploadTo("`complaintImage`", () => endpoints.complaintImage),
      uploadTo("`globalComplaintImage`", () => endpoints.globalComplaintImage),
      uploadTo("`productCouponImage`", () => endpoints.productCouponImage),
      uploadTo("`globalMerchantFile`", () => endpoints.globalMerchantFile, pdf),
      uploadTo("`accountCancellationImage`", () => endpoints.accountCancellationImage),
      uploadTo(
        "`bankPackageTask`",
        () => endpoints.bankPackageTask({ package_id: "8473295", bank_type: "CMB_DEBIT" }),
        new File(["1"], "users.txt"),
      ),
      uploadTo("`shoppingReceipt` with an encrypted number", async (pay) => {
        const { ciphertext, platformKeyId } = await encryptSensitive(pay, "0755-86010000");
        return endpoints.shoppingReceipt({
          transaction_id: "4200001532202205071234567890",
          openid: "oK7fFt8zzEZ909XH-LE2",
          merchant_contact_information: { consultation_phone_number: ciphertext },
          platformKeyId,
        });
      }),
      uploadTo(
        "`fapiaoFile` with SM3",
        () => endpoints.fapiaoFile({ file_type: "PDF", digest: sm3 }),
        pdf,
      ),
      described(
        "by hand, with SHA-256 in place of SM3",
        {
          ...fapiao,
          meta: { file_type: "PDF", digest_alogrithm: "SM3" },
          filenameKey: false,
          digestKey: "digest",
        },
        pdf,
      ),
      described(
        "a digest function that returns too little",
        { ...fapiao, digest: () => "00" },
        pdf,
      ),
      described(
        "a digest function that throws",
        {
          ...fapiao,
          digest() {
            throw new Error("no SM3 here");
          },
        },
        pdf,
      ),
      described(
        "a digest function that returns capitals",
        {
          ...fapiao,
          meta: { file_type: "PDF", digest_alogrithm: "SM3" },
          filenameKey: false,
          digestKey: "digest",
          digest: (bytes: Uint8Array) => sm3(bytes).toUpperCase(),
        },
        pdf,
      ),
      described("a preset with a key in `meta` that it does not take", {
        ...endpoints.complaintImage,
        metaKeys: [],
        meta: { bank_type: "CMB" },
      }),
      described("`meta` with a file name of its own", {
        path: "/v3/merchant/media/upload",
        meta: { filename: "a.jpg" },
      }),
      described("a path outside v3", { path: "/sandbox/upload" }),
      described("a brand's path, with a merchant's client", {
        path: "/brand/marketing/product-coupon/media/upload-image",
      }),
    ],
  },
];
