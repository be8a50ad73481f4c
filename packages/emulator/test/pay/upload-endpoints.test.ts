import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { createEmulator, credentials, payUploadEndpoints } from "../../src/index.ts";
import { sm3 } from "../../src/pay/sm3.ts";
import {
  authorization,
  IMAGE_PATH,
  MP4,
  PNG,
  sha256,
  type UploadOptions,
  upload,
} from "./upload-request.ts";

const PDF = Buffer.from("%PDF-1.7\n");
const sm3Hex = (bytes: Uint8Array): string => createHash("sm3").update(bytes).digest("hex");

interface Part {
  name: string;
  filename?: string;
  type?: string;
  content: Buffer | string;
}

/** A signed form of any parts; `meta` is signed. */
function form(path: string, parts: readonly Part[], headers = {}): UploadOptions {
  const body = parts.map(({ name, filename, type, content }) =>
    Buffer.concat([
      Buffer.from(
        `--b\r\nContent-Disposition: form-data; name="${name}"${filename === undefined ? "" : `; filename="${filename}"`}\r\n${type === undefined ? "" : `Content-Type: ${type}\r\n`}\r\n`,
      ),
      Buffer.from(content),
      Buffer.from("\r\n"),
    ]),
  );
  const meta = String(parts.find(({ name }) => name === "meta")?.content ?? "");
  return {
    path,
    boundary: "b",
    body: Buffer.concat([...body, Buffer.from("--b--\r\n")]),
    authorization: authorization({}, path, meta),
    headers,
  };
}

const filePart = (content: Buffer, filename: string, name = "file", type = "image/png"): Part => ({
  name,
  filename,
  type,
  content,
});
const metaPart = (meta: object): Part => ({
  name: "meta",
  type: "application/json",
  content: JSON.stringify(meta),
});

const png = (name?: string, type?: string): Part => filePart(PNG, "a.png", name, type);
const named = { filename: "a.png", sha256: sha256(PNG) };
const managed = { file_name: "a.png", file_digest: sha256(PNG) };

describe("SM3", () => {
  it.each([0, 1, 3, 55, 56, 63, 64, 65, 119, 120, 1000])("of %i bytes is Node's", (length) => {
    const message = Buffer.alloc(length, "wechat");
    expect(Buffer.from(sm3(message)).toString("hex")).toBe(sm3Hex(message));
  });

  it("is that of the standard's example", () => {
    expect(Buffer.from(sm3(Buffer.from("abc"))).toString("hex")).toBe(
      "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0",
    );
  });
});

describe("each upload has its own form", () => {
  const taken: readonly [string, readonly Part[], object][] = [
    [
      "/v3/global/merchant-service/images/upload",
      [metaPart(named), png()],
      { media_id: expect.any(String) },
    ],
    [
      "/v3/marketing/partner/product-coupon/media/upload-image",
      [metaPart(named), png()],
      { image_url: expect.stringMatching(/^https:/) },
    ],
    [
      "/v3/global/merchant-storage/file/upload",
      [metaPart({ filename: "a.pdf", digest: sha256(PDF) }), filePart(PDF, "a.pdf")],
      { file_id: expect.stringMatching(/^[\w-]{36}$/) },
    ],
    [
      "/v3/ecommerce/account/cancel-applications/media",
      [metaPart(managed), png()],
      { media_id: expect.any(String) },
    ],
    [
      "/v3/marketing/bank/packages/8473295/tasks",
      [
        metaPart({ bank_type: "B", filename: "a.csv", sha256: sha256(PDF) }),
        filePart(PDF, "a.csv"),
      ],
      { task_id: expect.any(String), package_id: "8473295", filename: "a.csv" },
    ],
    [
      "/v3/marketing/shopping-receipt/shoppingreceipts",
      [metaPart({ transaction_id: "1", openid: "o", sha256: sha256(PNG) }), png()],
      { receipt: expect.objectContaining({ image_type: "PNG", transaction_id: "1", openid: "o" }) },
    ],
    [
      "/v3/mch-manage/submission-files/sub-mchid/1230001104/upload",
      [metaPart(managed), { name: "item_id", content: "56" }, png("submission_file")],
      { file_id: expect.any(String) },
    ],
    [
      "/v3/mch-manage/submission-files/sub-mchid/1230001104/upload",
      [metaPart({ ...managed, item_id: 56 }), png("submission_file")],
      { file_id: expect.any(String) },
    ],
    [
      "/v3/mch-operation-manage/enhanced-due-diligence/1_2/upload",
      [metaPart({ ...managed, sub_mchid: "1", item_id: 5 }), png("due_diligence_file")],
      { file_id: expect.any(String) },
    ],
    [
      "/v3/new-tax-control-fapiao/fapiao-applications/upload-fapiao-file",
      [
        metaPart({ file_type: "PDF", digest_alogrithm: "SM3", digest: sm3Hex(PDF) }),
        filePart(PDF, "a.pdf"),
      ],
      { fapiao_media_id: expect.any(String) },
    ],
    [
      "/v3/taxi-invoice/cards/upload-file",
      [
        metaPart({
          company_mchid: "1",
          region_id: 310100,
          digest_algorithm: "DIGEST_ALGORITHM_SM3",
          digest: sm3Hex(PDF).toUpperCase(),
        }),
        filePart(PDF, "a.pdf"),
      ],
      { fapiao_media_id: expect.any(String) },
    ],
  ];
  it.each(taken)("%s takes %o", async (path, parts, reply) => {
    const { fetch, control } = createEmulator();
    const { status, json } = await upload(fetch, form(path, parts));
    expect([status, json]).toEqual([200, reply]);
    expect(control.payMedia).toMatchObject([{ path, mchid: credentials.pay.mchid }]);
    const [entry] = control.journal.entries();
    expect(entry).toMatchObject({ path, sha256: expect.stringMatching(/^[0-9A-Fa-f]{64}$/) });
  });

  const refused: readonly [string, readonly Part[], RegExp][] = [
    [
      "/v3/global/merchant-storage/file/upload",
      [metaPart({ filename: "a.pdf", sha256: sha256(PDF) }), filePart(PDF, "a.pdf")],
      /文件digest值有误/,
    ],
    ["/v3/ecommerce/account/cancel-applications/media", [metaPart(named), png()], /文件名称不正确/],
    [
      "/v3/ecommerce/account/cancel-applications/media",
      [metaPart(managed), png("file", "application/octet-stream")],
      /Content-Type of the part is not of a picture/,
    ],
    [
      "/v3/marketing/bank/packages/1/tasks",
      [metaPart({ filename: "a.csv", sha256: sha256(PDF) }), filePart(PDF, "a.csv")],
      /bank_type is missing/,
    ],
    [
      "/v3/marketing/shopping-receipt/shoppingreceipts",
      [metaPart({ transaction_id: "1", sha256: sha256(PNG) }), png()],
      /openid is missing/,
    ],
    [
      "/v3/mch-manage/submission-files/sub-mchid/1/upload",
      [metaPart(managed), png("submission_file")],
      /item_id is missing/,
    ],
    [
      "/v3/mch-manage/submission-files/sub-mchid/1/upload",
      [metaPart({ ...managed, item_id: 5 }), png()],
      /submission_file/,
    ],
    [
      "/v3/taxi-invoice/cards/upload-file",
      [
        metaPart({
          company_mchid: "1",
          region_id: 1,
          digest_algorithm: "DIGEST_ALGORITHM_SM3",
          digest: sha256(PDF),
        }),
        filePart(PDF, "a.pdf"),
      ],
      /文件digest值有误/,
    ],
    [
      "/v3/marketing/shopping-receipt/shoppingreceipts",
      [
        metaPart({
          transaction_id: "1",
          openid: "o",
          sha256: sha256(PNG),
          merchant_contact_information: { consultation_phone_number: "0755" },
        }),
        png(),
      ],
      /Wechatpay-Serial/,
    ],
  ];
  it.each(refused)("%s refuses %o", async (path, parts, message) => {
    const { fetch, control } = createEmulator();
    const { status, json } = await upload(fetch, form(path, parts));
    expect(status).toBe(400);
    expect(JSON.stringify(json)).toMatch(message);
    expect(control.payMedia).toEqual([]);
  });

  it("an encrypted field must be encrypted with the key that is named", async () => {
    const { fetch } = createEmulator();
    const [key] = credentials.pay.platformKeys;
    const meta = {
      transaction_id: "1",
      openid: "o",
      sha256: sha256(PNG),
      merchant_contact_information: { consultation_phone_number: "A".repeat(344) },
    };
    const path = "/v3/marketing/shopping-receipt/shoppingreceipts";
    const headers = { "wechatpay-serial": key?.platformKeyId ?? "" };
    const { status, json } = await upload(fetch, form(path, [metaPart(meta), png()], headers));
    expect([status, json.detail.issue]).toEqual([
      400,
      expect.stringMatching(/cannot be decrypted/),
    ]);
  });

  it("digestCase wants capitals of a submission file alone", async () => {
    const { fetch } = createEmulator({ strict: { digestCase: true } });
    const path = "/v3/mch-manage/submission-files/sub-mchid/1/upload";
    const send = (file_digest: string) =>
      upload(
        fetch,
        form(path, [metaPart({ ...managed, file_digest, item_id: 5 }), png("submission_file")]),
      );
    expect((await send(sha256(PNG))).status).toBe(400);
    expect((await send(sha256(PNG).toUpperCase())).status).toBe(200);
    expect((await upload(fetch)).status).toBe(200);
  });
});

describe("merchantFiles", () => {
  const send = (filename: string, file: Buffer, options: Parameters<typeof createEmulator>[0]) =>
    upload(createEmulator(options).fetch, { filename, file });
  const sized = (bytes: Buffer, mebibytes: number): Buffer =>
    Buffer.concat([bytes, Buffer.alloc(mebibytes * 1048576 - bytes.length)]);

  it('is "2026" by default: pictures of 5 MiB, PDF of 7.5 MiB', async () => {
    expect((await send("a.png", sized(PNG, 5), {})).status).toBe(200);
    expect((await send("a.pdf", sized(PDF, 7.5), {})).status).toBe(200);
    const large = await send("a.pdf", Buffer.concat([sized(PDF, 7.5), PDF]), {});
    expect(large.json.message).toBe("文件大小不能超过7.5M,请检查后重新提交");
    expect((await send("a.png", PDF, {})).json.message).toMatch(/二进制内容不是图片/);
    expect((await send("a.pdf", PNG, {})).json.message).toMatch(/二进制内容不是图片/);
  });

  it('"2024" takes pictures of 2 MiB and no PDF', async () => {
    const merchantFiles = "2024";
    expect((await send("a.png", sized(PNG, 2), { merchantFiles })).status).toBe(200);
    const large = await send("a.png", Buffer.concat([sized(PNG, 2), PNG]), { merchantFiles });
    expect(large.json.message).toBe("文件大小不能超过2M,请检查后重新提交");
    expect((await send("a.pdf", PDF, { merchantFiles })).json.message).toMatch(/名称不正确/);
    const video = {
      path: "/v3/merchant/media/video_upload",
      filename: "a.mp4",
      file: sized(MP4, 5),
    };
    expect((await upload(createEmulator({ merchantFiles }).fetch, video)).status).toBe(200);
  });

  it("gives way to a limit of one's own", async () => {
    const limits = { image: 100 };
    for (const merchantFiles of ["2024", "2026"] as const) {
      const { json } = await send("a.png", Buffer.concat([PNG, PNG]), { merchantFiles, limits });
      expect(json.message).toBe("文件大小不能超过100B,请检查后重新提交");
    }
  });

  it("is one of the two", () => {
    expect(() => createEmulator({ merchantFiles: "2025" as never })).toThrow(/"2026", "2024"/);
  });
});

describe("rates", () => {
  const path = "/v3/marketing/partner/product-coupon/media/upload-image";
  const now = 1_800_000_000_000;

  it("are enforced for each merchant and upload, over a window that slides", async () => {
    const { fetch, control } = createEmulator({ now: () => now });
    const timestamp = now / 1000;
    for (let i = 0; i < 20; i++) {
      expect((await upload(fetch, { path, timestamp })).status).toBe(200);
    }
    const refused = await upload(fetch, { path, timestamp });
    expect([refused.status, refused.json]).toEqual([
      429,
      { code: "FREQUENCY_LIMIT_EXCEED", message: "操作过快,请稍后重试" },
    ]);
    expect((await upload(fetch, { path: IMAGE_PATH, timestamp })).status).toBe(200);
    control.clock.advance(999);
    expect((await upload(fetch, { path, timestamp })).status).toBe(429);
    control.clock.advance(1);
    expect((await upload(fetch, { path, timestamp })).status).toBe(200);
  });

  it("are ignored on demand", async () => {
    const { fetch } = createEmulator({ now: () => now, uploadRates: "ignore" });
    for (let i = 0; i < 25; i++) {
      expect((await upload(fetch, { path, timestamp: now / 1000 })).status).toBe(200);
    }
  });
});

describe("permissions and limits", () => {
  it("go by the kind of each upload", async () => {
    const merchant = {
      mchid: credentials.pay.mchid,
      permissions: ["product-coupon-image"] as const,
    };
    const { fetch } = createEmulator({
      merchants: [merchant],
      limits: { "product-coupon-image": 10 },
    });
    const path = "/v3/marketing/partner/product-coupon/media/upload-image";
    expect((await upload(fetch, { path })).json.message).toMatch(/不能超过10B/);
    expect((await upload(fetch)).status).toBe(403);
  });

  it("each upload has a kind, a path and a source of its own", () => {
    for (const field of ["kind", "path"] as const) {
      const values = payUploadEndpoints.map((endpoint) => endpoint[field]);
      expect(new Set(values).size).toBe(values.length);
    }
  });
});
