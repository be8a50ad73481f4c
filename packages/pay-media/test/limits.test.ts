// The limits as WeChat's documents state them, written down a second time: a byte more is refused before it is read.

import { createPayClient, type FileInput, MediaError } from "@wechat-edge/core";
import { createEmulator, credentials } from "@wechat-edge/emulator";
import { describe, expect, it } from "vitest";
import { accountCancellationImage } from "../src/endpoints/account-cancellation-image.ts";
import * as endpoints from "../src/endpoints.ts";
import { uploadImage } from "../src/image.ts";
import { uploadMarketingImage } from "../src/marketing-image.ts";
import { uploadPayFile } from "../src/pay-file.ts";
import type { PayFileEndpoint } from "../src/pay-file-endpoint.ts";
import { uploadVideo } from "../src/video.ts";

const pay = createPayClient({ ...credentials.pay, fetch: createEmulator().fetch });
const READ = new Error("it was read");
const fileOf = (extension: string, size: number, name = "a"): FileInput => ({
  name: `${name}.${extension}`,
  size,
  read: () => Promise.reject(READ),
});

type Upload = (file: FileInput) => Promise<unknown>;

async function expectLimit(upload: Upload, extension: string, bytes: number): Promise<void> {
  await expect(upload(fileOf(extension, bytes)), `${extension} ${bytes}`).rejects.toBe(READ);
  const refused = upload(fileOf(extension, bytes + 1));
  await expect(refused, `${extension} ${bytes} + 1`).rejects.toMatchObject({
    reason: "size",
    expected: `at most ${bytes} bytes`,
  });
  await expect(upload(fileOf(extension, 0))).rejects.toMatchObject({ reason: "empty" });
}

const PICTURES = ["jpg", "jpeg", "png", "bmp"];

describe("pictures", () => {
  it.each([
    ["merchant", 5_242_880, 7_864_320],
    ["global", 2_097_152, undefined],
    ["ecommerce", 5_242_880, undefined],
    ["merchant-2024", 2_097_152, undefined],
  ] as const)("of the profile %s have at most %d bytes, PDF %s", async (limits, bytes, pdf) => {
    const upload: Upload = (file) => uploadImage(pay, file, { limits });
    for (const extension of PICTURES) await expectLimit(upload, extension, bytes);
    if (pdf !== undefined) await expectLimit(upload, "pdf", pdf);
    else await expect(upload(fileOf("pdf", 1))).rejects.toMatchObject({ reason: "extension" });
    for (const other of ["gif", "webp", "heic", "jpe", "tiff", "constructor", "__proto__"]) {
      await expect(upload(fileOf(other, 1)), other).rejects.toMatchObject({ reason: "extension" });
    }
  });

  it("are those of the region by default", async () => {
    await expectLimit((file) => uploadImage(pay, file), "jpg", 5_242_880);
    const fetch = createEmulator().fetch;
    const global = createPayClient({ ...credentials.pay, region: "global", fetch });
    await expectLimit((file) => uploadImage(global, file), "jpg", 2_097_152);
  });

  it("of marketing have at most 2 MiB", async () => {
    for (const extension of PICTURES) {
      await expectLimit((file) => uploadMarketingImage(pay, file), extension, 2_097_152);
    }
  });
});

describe("videos", () => {
  it.each("avi wmv mpeg mp4 mov mkv flv f4v m4v rmvb".split(" "))(
    "%s have at most 5 MiB",
    async (extension) => {
      await expectLimit((file) => uploadVideo(pay, file), extension, 5_242_880);
    },
  );

  it("of other extensions are refused", async () => {
    for (const other of ["mpg", "3gp", "webm", "ts", "wma", "mp3"]) {
      await expect(uploadVideo(pay, fileOf(other, 1))).rejects.toMatchObject({
        reason: "extension",
      });
    }
  });
});

const DIGEST = "0".repeat(64);

describe("the endpoints", () => {
  it.each<[string, PayFileEndpoint<object>, Readonly<Record<string, number>>]>([
    ["accountCancellationImage", accountCancellationImage, { jpg: 2_097_152, bmp: 2_097_152 }],
    [
      "bankPackageTask",
      endpoints.bankPackageTask({ package_id: "1", bank_type: "A" }),
      { txt: 2_097_152, csv: 2_097_152 },
    ],
    ["fapiaoFile", endpoints.fapiaoFile({ file_type: "PDF", digest: DIGEST }), { pdf: 2_097_152 }],
    [
      "fapiaoFile, OFD",
      endpoints.fapiaoFile({ file_type: "OFD", digest: DIGEST }),
      { ofd: 2_097_152 },
    ],
    [
      "taxiFapiaoFile",
      endpoints.taxiFapiaoFile({ company_mchid: "1", region_id: 1, digest: DIGEST }),
      { pdf: 2_097_152 },
    ],
    [
      "shoppingReceipt",
      endpoints.shoppingReceipt({ transaction_id: "1", openid: "o" }),
      { jpg: 204_800, jpeg: 204_800, png: 204_800 },
    ],
    ["any path", { path: "/v3/some/files" }, { pdf: 7_864_320, jpg: 7_864_320, zip: 7_864_320 }],
    [
      "the path of pictures",
      { path: "/v3/merchant/media/upload" },
      { jpg: 5_242_880, pdf: 7_864_320 },
    ],
    ["the path of videos", { path: "/v3/merchant/media/video_upload" }, { mp4: 5_242_880 }],
    [
      "the path of favor pictures",
      { path: "/v3/marketing/favor/media/image-upload" },
      { jpg: 2_097_152 },
    ],
    [
      "the path of complaints",
      { path: "/v3/merchant-service/images/upload" },
      { jpg: 2_097_152, bmp: 2_097_152 },
    ],
  ])("%s", async (_, endpoint, sizes) => {
    for (const [extension, bytes] of Object.entries(sizes)) {
      await expectLimit((file) => uploadPayFile(pay, endpoint, file), extension, bytes);
    }
  });

  it("state their limits as the documents do", () => {
    const limits = Object.fromEntries(
      Object.entries(endpoints).flatMap(([name, endpoint]) => {
        const { limits } = endpoint as PayFileEndpoint;
        return limits === undefined
          ? []
          : [[name, [limits.maxBytes, Object.keys(limits.extensions ?? {})]]];
      }),
    );
    // "2M以内", jpg, jpeg, png and bmp, on each of the pages that the endpoints name.
    const two = [2_097_152, PICTURES];
    expect(limits).toEqual({
      accountCancellationImage: two,
      brandProductCouponImage: two,
      complaintImage: two,
      globalComplaintImage: two,
      // 上传文件API of WeChat Pay Global takes PDF too, and 5M of each.
      globalMerchantFile: [5_242_880, [...PICTURES, "pdf"]],
      marketingImage: two,
      productCouponImage: two,
    });
  });
});

describe("a name", () => {
  const upload: Upload = (file) => uploadImage(pay, file);

  it("has at most 128 characters, of any bytes up to three", async () => {
    for (const letter of ["a", "é", "街"]) {
      await expect(upload(fileOf("jpg", 1, letter.repeat(124)))).rejects.toBe(READ);
      await expect(upload(fileOf("jpg", 1, letter.repeat(125)))).rejects.toMatchObject({
        reason: "name",
        option: "limits.maxNameLength",
      });
    }
    for (const letter of ["\uffff", "\u{10000}", "\u{10ffff}"]) {
      const found = await upload(fileOf("jpg", 1, letter)).catch((error: unknown) => error);
      expect(found === READ).toBe(letter === "\uffff");
    }
  });

  it("has no path separator and no control character", async () => {
    for (let code = 0; code <= 0xa0; code++) {
      const letter = String.fromCharCode(code);
      const isRefused = code < 0x20 || (code >= 0x7f && code <= 0x9f) || /[/\\]/.test(letter);
      const error: unknown = await upload(fileOf("jpg", 1, `a${letter}b`)).catch((one) => one);
      const expected = isRefused ? error instanceof MediaError && error.reason : error === READ;
      expect(expected, `U+${code.toString(16)}`).toBe(isRefused ? "name" : true);
    }
  });
});
