// Every endpoint of WeChat Pay that takes a file: its form as it is sent, and what is refused before it is.

import { encryptSensitive, type FileInput } from "@wechat-edge/core";
import { type PayFileEndpoint, uploadPayFile } from "@wechat-edge/pay-media";
import {
  accountCancellationImage,
  bankPackageTask,
  brandProductCouponImage,
  complaintImage,
  dueDiligenceFile,
  fapiaoFile,
  globalMerchantFile,
  merchantFile,
  productCouponImage,
  shoppingReceipt,
  submissionFile,
  taxiFapiaoFile,
} from "@wechat-edge/pay-media/endpoints";
import { describe, expect, it } from "vitest";
import { media, renamed } from "../../../test/support/media.ts";
import { payInProcess } from "../../../test/support/pay.ts";
import { spied } from "../../../test/support/pay-endpoint-form.ts";

const MIB = 1024 * 1024;
const PDF = "%PDF-1.7\n";
/** SM3 of PDF. */
const PDF_SM3 = "06a607ecde4e0caf132e14a0850d62bf05370dfbc4f21659e7011c307d1ab1d3";
const pdf = (name = "fapiao.pdf") => new File([PDF], name);
const jpeg = () => media("licence.jpg");

describe("each preset", () => {
  it("for brands has the path of brands, and is otherwise that of service providers", () => {
    const { path, ...rest } = brandProductCouponImage;
    expect(path).toBe("/brand/marketing/product-coupon/media/upload-image");
    expect({ ...rest, path: productCouponImage.path }).toEqual(productCouponImage);
  });

  it("sends a digest in capitals where its page shows capitals, in small letters elsewhere", async () => {
    const { pay, sent } = spied();
    const item = submissionFile({ sub_mchid: "1230001104", item_id: "56" });
    await uploadPayFile(pay, item, await jpeg());
    await uploadPayFile(pay, accountCancellationImage, await jpeg());
    await uploadPayFile(
      pay,
      fapiaoFile({ file_type: "PDF", digest: PDF_SM3.toUpperCase() }),
      pdf(),
    );
    const [capitals, small, own] = sent.map(({ meta }) => meta);
    expect(capitals?.["file_digest"]).toMatch(/^[0-9A-F]{64}$/);
    expect(small?.["file_digest"]).toBe(String(capitals?.["file_digest"]).toLowerCase());
    expect(own?.["digest"]).toBe(PDF_SM3);
  });

  it("sends the key that a field was encrypted with", async () => {
    const { pay, sent } = spied();
    const { ciphertext, platformKeyId } = await encryptSensitive(pay, "0755-86010000");
    const order = shoppingReceipt({
      transaction_id: "4200001532",
      openid: "oK7fFt8zzEZ909XH-LE2",
      merchant_contact_information: { consultation_phone_number: ciphertext },
      platformKeyId,
    });
    await uploadPayFile(pay, order, await jpeg());
    expect(sent).toMatchObject([
      {
        serial: platformKeyId,
        keys: ["transaction_id", "openid", "merchant_contact_information", "sha256"],
      },
    ]);
  });

  it("is refused a reply without its field", async () => {
    for (const endpoint of [merchantFile, globalMerchantFile, productCouponImage] as const) {
      const { pay, emulator } = payInProcess();
      emulator.control.faults.add({ kind: "no-media-id" });
      const upload = uploadPayFile<object>(pay, endpoint, await jpeg());
      await expect(upload).rejects.toMatchObject({ code: "ERR_REPLY" });
    }
    const { pay, emulator } = payInProcess();
    emulator.control.faults.add({ kind: "no-media-id" });
    const order = shoppingReceipt({ transaction_id: "1", openid: "o" });
    const upload = uploadPayFile(pay, order, await jpeg());
    await expect(upload).rejects.toThrow(/no usable receipt\.receipt_id/);
  });
});

describe("limits of presets", () => {
  const tooLarge: Readonly<Record<string, readonly [PayFileEndpoint<object>, string, number]>> = {
    "a complaint's picture over 2 MiB": [complaintImage, "licence.jpg", 2 * MIB],
    "a coupon's picture over 2 MiB": [productCouponImage, "licence.jpg", 2 * MIB],
    "a receipt over 200 KiB": [
      shoppingReceipt({ transaction_id: "1", openid: "o" }),
      "licence.jpg",
      200 * 1024,
    ],
    "a picture of WeChat Pay Global over 5 MiB": [globalMerchantFile, "licence.jpg", 5 * MIB],
    "a merchant's PDF over 7.5 MiB": [merchantFile, "a.pdf", 7.5 * MIB],
  };
  for (const [what, [endpoint, name, most]] of Object.entries(tooLarge)) {
    it(`${what} is refused, and sent with its own limit lifted the emulator refuses it too`, async () => {
      const { pay, emulator } = payInProcess();
      const head = name.endsWith("pdf")
        ? new TextEncoder().encode(PDF)
        : await bytesOf(await jpeg());
      const file = new File([head, new Uint8Array(most + 1 - head.byteLength)], name);
      await expect(uploadPayFile(pay, endpoint, file)).rejects.toMatchObject({ reason: "size" });
      expect(emulator.control.journal.entries()).toEqual([]);
      const limits = { maxBytes: 10 * MIB };
      await expect(uploadPayFile(pay, endpoint, file, { limits })).rejects.toMatchObject({
        apiMessage: expect.stringMatching(/文件大小不能超过/),
      });
    });
  }

  it("a BMP is no receipt, a PDF no picture, a picture no invoice, a PDF no package", async () => {
    const { pay } = payInProcess();
    const wrong: readonly (readonly [PayFileEndpoint<object>, FileInput])[] = [
      [shoppingReceipt({ transaction_id: "1", openid: "o" }), await media("receipt.bmp")],
      [complaintImage, pdf()],
      [fapiaoFile({ file_type: "PDF", digest: PDF_SM3 }), await jpeg()],
      [fapiaoFile({ file_type: "OFD", digest: PDF_SM3 }), pdf()],
      [bankPackageTask({ package_id: "1", bank_type: "B" }), pdf()],
      [bankPackageTask({ package_id: "1", bank_type: "B" }), pdf("a.csv")],
    ];
    for (const [endpoint, file] of wrong) {
      await expect(uploadPayFile(pay, endpoint, file)).rejects.toMatchObject({ code: "ERR_MEDIA" });
    }
  });

  it("names of 151 and 257 characters are too long", async () => {
    const { pay } = payInProcess();
    for (const [endpoint, length] of [
      [productCouponImage, 151],
      [globalMerchantFile, 257],
    ] as const) {
      const file = renamed(await jpeg(), `${"a".repeat(length - 4)}.jpg`);
      const upload = uploadPayFile<object>(pay, endpoint, file);
      await expect(upload).rejects.toMatchObject({ reason: "name" });
    }
  });
});

async function bytesOf(file: File): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await file.arrayBuffer());
}

describe("a description by hand", () => {
  it("without a name, or without a digest, in meta", async () => {
    const forms: string[] = [];
    const { pay } = payInProcess({
      fetch: async (_, init) => {
        forms.push(await new Response(init?.body ?? null).text());
        throw new TypeError("no network here");
      },
      retry: false,
    });
    for (const keys of [
      { filenameKey: false, digestKey: false },
      { filenameKey: false, digest: "ab".repeat(20), digestLength: 40 },
      { digest: (bytes: Uint8Array) => bytes.byteLength.toString(16).padStart(64, "0") },
    ] as const) {
      const endpoint = { path: "/v3/a", ...keys };
      await uploadPayFile(pay, endpoint, await jpeg()).catch(() => undefined);
    }
    expect(forms[0]).toMatch(/\r\n\r\n\{\}\r\n/);
    expect(forms[1]).toMatch(/\{"sha256":"(?:ab){20}"\}/);
    const size = (await jpeg()).size.toString(16).padStart(64, "0");
    expect(forms[2]).toContain(`{"filename":"licence.jpg","sha256":"${size}"}`);
  });
});

describe("what an endpoint is told wrongly", () => {
  const path = "/v3/a";
  const looped: Record<string, unknown> = {};
  looped["self"] = looped;
  const descriptions: Readonly<Record<string, readonly [object, RegExp]>> = {
    "no path": [{}, /path must be an encoded path/],
    "a preset that was not called": [
      submissionFile,
      /needs \{ path \}, such as submissionFile\(\{ … \}\), not a function\./,
    ],
    "another method": [{ path, method: "GET" }, /method must be POST or PUT, not "GET"/],
    "a misspelt field": [{ path, metakey: [] }, /has no option metakey\. Did you mean metaKeys/],
    "meta that is a Map": [
      { path, meta: new Map() },
      /meta as an object of plain values, not a Map/,
    ],
    "meta with the name": [{ path, meta: { filename: "a" } }, /meta must not have filename: it is/],
    "meta with the digest": [{ path, digestKey: "sum", meta: { sum: "a" } }, /must not have sum/],
    "meta that contains itself": [{ path, meta: looped }, /meta cannot be written as JSON/],
    "meta with a BigInt": [{ path, meta: { a: 1n } }, /meta cannot be written as JSON/],
    "meta with half a character": [{ path, meta: { a: "\ud83c" } }, /meta\.a has half of a surr/],
    "a key the preset does not know": [
      { ...complaintImage, meta: { bank_type: "ICBC" } },
      /meta has "bank_type", which \/v3\/merchant-service\/images\/upload does not take; it takes no further key/,
    ],
    "a key beside those that it knows": [
      { ...bankPackageTask({ package_id: "1", bank_type: "B" }), meta: { bank: "B" } },
      /meta has "bank", which .* does not take; it takes bank_type\./,
    ],
    "a part with a line end": [{ path, part: 'a"\r\nX: y' }, /name of a part must be letters/],
    "a field with a line end": [{ path, fields: { "a\r\nb": "c" } }, /name of a part must be/],
    "a field with an emoji in its name": [
      { path, fields: { "🏪": "c" } },
      /name of a part must be/,
    ],
    "a field that is a number": [{ path, fields: { a: 5 } }, /fields\.a must be a string, not the/],
    "a field called meta": [{ path, fields: { meta: "{}" } }, /two parts named meta/],
    "a file part called meta": [{ path, part: "meta" }, /two parts named meta/],
    "a type with a line end": [{ path, contentType: "a/b\r\nX: y" }, /contentType must be a MIME/],
    "types that are none": [{ path, contentType: { jpg: "jpeg" } }, /MIME type.*not "jpeg"/],
    "a digest of another length": [
      { path, digest: "ab".repeat(20) },
      /64 hexadecimal digits.*digestLength/,
    ],
    "a digest that is base64": [{ path, digest: `${"A".repeat(43)}=` }, /64 hexadecimal digits/],
    "a digest without a key": [
      { path, digest: "a".repeat(64), digestKey: false },
      /digestKey is false/,
    ],
    "another case": [{ path, digestCase: "UPPER" }, /digestCase must be lower or upper/],
    "a rate that is none": [
      { path, rate: { calls: 0, per: 5 } },
      /rate\.calls must be a whole number/,
    ],
    "a function for a digest that returns bytes": [
      { path, digest: () => new Uint8Array(32) },
      /must be or return 64 hexadecimal digits, not a Uint8Array of 32 bytes/,
    ],
    "one that promises bytes": [
      { path, digest: async () => new Uint8Array(32) },
      /not a Uint8Array/,
    ],
    "one that returns too little": [
      { path, digest: () => "abc" },
      /64 hexadecimal digits, not "abc"/,
    ],
    "one that returns nothing": [{ path, digest: () => undefined }, /digits, not undefined/],
  };
  for (const [what, [endpoint, message]] of Object.entries(descriptions)) {
    it(`${what} is told in words, and nothing is sent`, async () => {
      const { pay, emulator } = payInProcess();
      const upload = uploadPayFile(pay, endpoint as never, await jpeg());
      const error: unknown = await upload.catch((thrown: unknown) => thrown);
      expect([TypeError.name, RangeError.name]).toContain((error as Error).name);
      expect(String(error)).toMatch(message);
      expect(emulator.control.journal.entries()).toEqual([]);
    });
  }

  it("a digest that lies is refused by WeChat Pay", async () => {
    const lie = fapiaoFile({ file_type: "PDF", digest: () => "0".repeat(64) });
    await expect(uploadPayFile(payInProcess().pay, lie, pdf())).rejects.toMatchObject({
      status: 400,
      apiCode: "PARAM_ERROR",
    });
  });

  const inputs: Readonly<Record<string, readonly [() => unknown, RegExp]>> = {
    "a key that bankPackageTask does not know": [
      () => bankPackageTask({ package_id: "1", bank_type: "B", bank: "x" } as never),
      /bankPackageTask has no bank; it has package_id, bank_type/,
    ],
    "a missing bank_type": [() => bankPackageTask({ package_id: "1" } as never), /bank_type must/],
    "a package_id with a slash": [
      () => bankPackageTask({ package_id: "../1", bank_type: "B" }),
      /package_id must be an id of letters, digits/,
    ],
    "an empty sub_mchid": [
      () => submissionFile({ sub_mchid: "", item_id: 5 }),
      /sub_mchid must be/,
    ],
    "no item": [() => submissionFile({ sub_mchid: "1" } as never), /item_id must be|not undefined/],
    "an item as text": [
      () => dueDiligenceFile({ due_diligence_id: "1", sub_mchid: "1", item_id: "5" } as never),
      /item_id must be the id of an item, such as 56, not "5"/,
    ],
    "another file type": [
      () => fapiaoFile({ file_type: "pdf", digest: PDF_SM3 } as never),
      /file_type must be "PDF" or "OFD", not "pdf"/,
    ],
    "no SM3": [() => fapiaoFile({ file_type: "PDF" } as never), /WebCrypto has no SM3/],
    "a region as text": [
      () => taxiFapiaoFile({ company_mchid: "1", region_id: "310100", digest: PDF_SM3 } as never),
      /region_id must be a number such as 310100/,
    ],
    "a phone number that is not encrypted": [
      () =>
        shoppingReceipt({
          transaction_id: "1",
          openid: "o",
          merchant_contact_information: { consultation_phone_number: "0755-86010000" },
          platformKeyId: "PUB_KEY_ID_1",
        }),
      /must be the ciphertext of encryptSensitive, not a string of 13 characters/,
    ],
    "a ciphertext without its key": [
      () =>
        shoppingReceipt({
          transaction_id: "1",
          openid: "o",
          merchant_contact_information: { consultation_phone_number: "A".repeat(344) },
        }),
      /so platformKeyId is needed/,
    ],
  };
  for (const [what, [call, message]] of Object.entries(inputs)) {
    it(`${what} is told at once`, () => {
      expect(call).toThrow(TypeError);
      expect(call).toThrow(message);
    });
  }
});
