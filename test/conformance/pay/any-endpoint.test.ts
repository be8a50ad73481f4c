// Every endpoint of WeChat Pay that takes a file: its form as it is sent, and what is refused before it is.

import { createPayClient, type FileInput } from "@wechat-edge/core";
import { createEmulator, credentials } from "@wechat-edge/emulator";
import { type PayFileEndpoint, uploadPayFile } from "@wechat-edge/pay-media";
import {
  accountCancellationImage,
  bankPackageTask,
  brandProductCouponImage,
  complaintImage,
  dueDiligenceFile,
  fapiaoFile,
  globalComplaintImage,
  globalMerchantFile,
  marketingImage,
  merchantFile,
  merchantVideo,
  productCouponImage,
  shoppingReceipt,
  submissionFile,
  taxiFapiaoFile,
} from "@wechat-edge/pay-media/endpoints";
import { describe, expect, it } from "vitest";
import { media, renamed } from "../../support/media.ts";
import { payInProcess } from "../../support/pay.ts";
import { spied } from "../../support/pay-endpoint-form.ts";

const PDF = "%PDF-1.7\n";
/** SM3 of PDF. */
const PDF_SM3 = "06a607ecde4e0caf132e14a0850d62bf05370dfbc4f21659e7011c307d1ab1d3";
const HEX_64 = /^[0-9a-f]{64}$/;
const MEDIA_ID = /^[\w-]{107}$/;
const pdf = (name = "fapiao.pdf") => new File([PDF], name);
const jpeg = () => media("licence.jpg");

interface Row {
  readonly endpoint: PayFileEndpoint<object>;
  readonly file: () => FileInput | Promise<FileInput>;
  readonly path: string;
  readonly keys: readonly string[];
  readonly reply: object;
  /** What else is in the form. */
  readonly form?: RegExp;
}

const rows: Readonly<Record<string, Row>> = {
  merchantFile: {
    endpoint: merchantFile,
    file: () => pdf("licence.pdf"),
    path: "/v3/merchant/media/upload",
    keys: ["filename", "sha256"],
    reply: { media_id: expect.stringMatching(MEDIA_ID) },
    form: /name="file"; filename="licence\.pdf"\r\nContent-Type: application\/pdf\r\n/,
  },
  merchantVideo: {
    endpoint: merchantVideo,
    file: () => media("clip.mp4"),
    path: "/v3/merchant/media/video_upload",
    keys: ["filename", "sha256"],
    reply: { media_id: expect.stringMatching(MEDIA_ID) },
  },
  marketingImage: {
    endpoint: marketingImage,
    file: jpeg,
    path: "/v3/marketing/favor/media/image-upload",
    keys: ["filename", "sha256"],
    reply: { media_url: expect.stringMatching(/^https:/) },
  },
  complaintImage: {
    endpoint: complaintImage,
    file: jpeg,
    path: "/v3/merchant-service/images/upload",
    keys: ["filename", "sha256"],
    reply: { media_id: expect.stringMatching(MEDIA_ID) },
  },
  globalComplaintImage: {
    endpoint: globalComplaintImage,
    file: jpeg,
    path: "/v3/global/merchant-service/images/upload",
    keys: ["filename", "sha256"],
    reply: { media_id: expect.stringMatching(MEDIA_ID) },
  },
  productCouponImage: {
    endpoint: productCouponImage,
    file: async () => renamed(await jpeg(), `${"长".repeat(146)}.jpg`),
    path: "/v3/marketing/partner/product-coupon/media/upload-image",
    keys: ["filename", "sha256"],
    reply: { image_url: expect.stringMatching(/^https:/) },
  },
  globalMerchantFile: {
    endpoint: globalMerchantFile,
    file: () => pdf(`${"a".repeat(252)}.pdf`),
    path: "/v3/global/merchant-storage/file/upload",
    keys: ["filename", "digest"],
    reply: { file_id: expect.stringMatching(/^[\w-]{16,64}$/) },
  },
  accountCancellationImage: {
    endpoint: accountCancellationImage,
    file: () => media("storefront.png"),
    path: "/v3/ecommerce/account/cancel-applications/media",
    keys: ["file_name", "file_digest"],
    reply: { media_id: expect.stringMatching(MEDIA_ID) },
    form: /name="file"; filename="storefront\.png"\r\nContent-Type: image\/png\r\n/,
  },
  bankPackageTask: {
    endpoint: bankPackageTask({ package_id: "8473295", bank_type: "ICBC_DEBIT" }),
    file: () => new File(["x\n"], "active_user.csv"),
    path: "/v3/marketing/bank/packages/8473295/tasks",
    keys: ["bank_type", "filename", "sha256"],
    reply: { task_id: expect.any(String), package_id: "8473295", filename: "active_user.csv" },
    form: /filename="active_user\.csv"\r\nContent-Type: text\/csv\r\n/,
  },
  shoppingReceipt: {
    endpoint: shoppingReceipt({ transaction_id: "4200001532", openid: "oK7fFt8zzEZ909XH-LE2" }),
    file: jpeg,
    path: "/v3/marketing/shopping-receipt/shoppingreceipts",
    keys: ["transaction_id", "openid", "sha256"],
    reply: {
      receipt: expect.objectContaining({
        receipt_id: expect.any(String),
        transaction_id: "4200001532",
        sha256: expect.stringMatching(HEX_64),
      }),
    },
  },
  submissionFile: {
    endpoint: submissionFile({ sub_mchid: "1230001104", item_id: 56 }),
    file: jpeg,
    path: "/v3/mch-manage/submission-files/sub-mchid/1230001104/upload",
    keys: ["file_name", "file_digest"],
    reply: { file_id: expect.any(String) },
    form: /name="item_id"\r\n\r\n56\r\n--[\w-]+\r\n.*name="submission_file"; filename="licence\.jpg"/,
  },
  "submissionFile with item_id in meta": {
    endpoint: {
      ...submissionFile({ sub_mchid: "1230001104", item_id: 56 }),
      fields: {},
      meta: { item_id: 56 },
      metaKeys: ["item_id"],
    },
    file: jpeg,
    path: "/v3/mch-manage/submission-files/sub-mchid/1230001104/upload",
    keys: ["item_id", "file_name", "file_digest"],
    reply: { file_id: expect.any(String) },
  },
  dueDiligenceFile: {
    endpoint: dueDiligenceFile({ due_diligence_id: "1_2", sub_mchid: "1230001104", item_id: 13 }),
    file: jpeg,
    path: "/v3/mch-operation-manage/enhanced-due-diligence/1_2/upload",
    keys: ["sub_mchid", "item_id", "file_name", "file_digest"],
    reply: { file_id: expect.any(String) },
    form: /name="due_diligence_file"; filename="licence\.jpg"/,
  },
  fapiaoFile: {
    endpoint: fapiaoFile({ file_type: "PDF", sub_mchid: "1900000109", digest: PDF_SM3 }),
    file: () => pdf(),
    path: "/v3/new-tax-control-fapiao/fapiao-applications/upload-fapiao-file",
    keys: ["sub_mchid", "file_type", "digest_alogrithm", "digest"],
    reply: { fapiao_media_id: expect.any(String) },
  },
  taxiFapiaoFile: {
    endpoint: taxiFapiaoFile({
      company_mchid: "1900000109",
      region_id: 310100,
      digest: async () => PDF_SM3.toUpperCase(),
    }),
    file: () => pdf(),
    path: "/v3/taxi-invoice/cards/upload-file",
    keys: ["company_mchid", "region_id", "digest_algorithm", "digest"],
    reply: { fapiao_media_id: expect.any(String) },
  },
};

describe("each preset", () => {
  for (const [name, { endpoint, file, path, keys, reply, form }] of Object.entries(rows)) {
    it(`${name} sends its form, and its reply is taken`, async () => {
      const { pay, emulator, sent } = spied({ strict: { digestCase: true } });
      expect(await uploadPayFile(pay, endpoint, await file())).toEqual(reply);
      expect(sent).toMatchObject([{ path, method: "POST", keys }]);
      if (form !== undefined) expect(sent[0]?.form).toMatch(dotAll(form));
      expect(emulator.control.payMedia).toMatchObject([{ path }]);
    });
  }

  it("for brands goes out with the client of a brand", async () => {
    const { mchid, serialNo, privateKey, platformKeys } = credentials.pay;
    const { fetch } = createEmulator({ merchants: [{ mchid, brandId: "123456789" }] });
    const options = { brandId: "123456789", serialNo, privateKey, platformKeys, fetch };
    const brand = createPayClient(options);
    const { image_url } = await uploadPayFile(brand, brandProductCouponImage, await jpeg());
    expect(URL.canParse(image_url)).toBe(true);
    const wrong = uploadPayFile(payInProcess().pay, brandProductCouponImage, await jpeg());
    await expect(wrong).rejects.toThrow(/brandId in place of mchid/);
  });
});

/** A pattern whose dots take line ends, too. */
function dotAll({ source }: RegExp): RegExp {
  return new RegExp(source, "s");
}

describe("a description by hand", () => {
  it("PUT, other keys and parts, fields and a type go out as they are described", async () => {
    const calls: RequestInit[] = [];
    const { pay } = payInProcess({
      fetch: async (_, init) => {
        calls.push(init ?? {});
        throw new TypeError("no network here");
      },
      retry: false,
    });
    const endpoint: PayFileEndpoint = {
      path: "/hk/v3/some/files?kind=a",
      method: "PUT",
      meta: { z: 1, a: ["é"], left_out: undefined },
      filenameKey: "name",
      digestKey: "sum",
      part: "document",
      fields: { note: "line 1\r\nline 2" },
      contentType: "image/x-own; q=1",
      platformKeyId: "PUB_KEY_ID_1",
    };
    await uploadPayFile(pay, endpoint, await jpeg()).catch(() => undefined);
    const [{ method, headers, body } = {}] = calls;
    const form = await new Response(body ?? null).text();
    expect(method).toBe("PUT");
    expect(new Headers(headers).get("wechatpay-serial")).toBe("PUB_KEY_ID_1");
    expect(form).toMatch(
      /\r\n\r\n\{"z":1,"a":\["é"\],"name":"licence\.jpg","sum":"[0-9a-f]{64}"\}\r\n/,
    );
    expect(form).toMatch(/name="note"\r\n\r\nline 1\r\nline 2\r\n--/);
    expect(form).toMatch(
      /name="document"; filename="licence\.jpg"\r\nContent-Type: image\/x-own; q=1\r\n/,
    );
  });

  it("passes a stream whose digest is known, and names what a function needs", async () => {
    const { pay, sent } = spied();
    const bytes = new TextEncoder().encode(PDF);
    const stream = () => new Blob([bytes]).stream();
    const file = { name: "fapiao.pdf", size: bytes.byteLength };
    const known = fapiaoFile({ file_type: "PDF", digest: PDF_SM3 });
    const { fapiao_media_id } = await uploadPayFile(pay, known, { ...file, stream: stream() });
    expect(fapiao_media_id).not.toBe("");
    expect(sent.length).toBe(1);
    let cancelled: unknown;
    const watched = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(bytes);
        controller.enqueue(new Uint8Array(70_000));
      },
      cancel(reason) {
        cancelled = reason;
      },
    });
    const computed = fapiaoFile({ file_type: "PDF", digest: () => PDF_SM3 });
    const upload = uploadPayFile(pay, computed, { ...file, size: 80_000, stream: watched });
    const error: unknown = await upload.catch((thrown: unknown) => thrown);
    expect(String(error)).toMatch(/TypeError: digest is a function, but a stream/);
    expect(cancelled).toBe(error);
    expect(sent.length).toBe(1);
  });
});

describe("what an endpoint is told wrongly", () => {
  const path = "/v3/a";

  it("what a digest function throws comes through", async () => {
    const thrown = new Error("no SM3 here");
    const digest = () => {
      throw thrown;
    };
    const upload = uploadPayFile(payInProcess().pay, { path, digest }, await jpeg());
    await expect(upload).rejects.toBe(thrown);
  });
});
