import { digest } from "@wechat-edge/core";
import { downloadPayFile, type PayDownload } from "@wechat-edge/pay-media/downloads";
import { describe, expect, it } from "vitest";
import {
  answered,
  askBill,
  bill,
  billDate,
  bytes,
  DAY_MS,
  platform,
  received,
  text,
  url,
} from "../../../test/support/bill.ts";
import { payInProcess } from "../../../test/support/pay.ts";

const FILE_PATH = "/v3/billdownload/file";
const match = { path: FILE_PATH };

const file = (content: BodyInit = bytes, headers: Record<string, string> = {}) =>
  answered(() => new Response(content, { headers: { "content-type": "text/plain", ...headers } }));

const textOf = ({ body }: PayDownload): Promise<string> => new Response(body).text();

describe("a bill", () => {
  it.each(["SHA1", "sha1", "SHA-1"])(
    "states its digest as %s, in either case",
    async (hash_type) => {
      const { pay } = file();
      const { hash_value } = await bill();
      for (const value of [hash_value, hash_value.toUpperCase()]) {
        const address = { download_url: url, hash_type, hash_value: value };
        expect(await textOf(await downloadPayFile(pay, address))).toBe(text.slice(1));
      }
    },
  );

  it("is compared with a SHA256, as receipts have it", async () => {
    const { pay } = file();
    const address = {
      download_url: "https://api.mch.weixin.qq.com/v3/transferdownload/signfile?token=a",
      hash_type: "SHA256",
      hash_value: await digest(bytes, "SHA-256"),
    };
    const got = await downloadPayFile(pay, address);
    expect(got).toMatchObject({ evidence: "digest", digest: { algorithm: "SHA-256" } });
    expect(await received(got)).toEqual({ bytes: bytes.length });
  });

  it("that is encrypted cannot be compared before it is decrypted", async () => {
    const { pay } = file();
    const got = await downloadPayFile(pay, { ...(await bill()), encrypt_key: "YpkbxSne" });
    expect(got.evidence).toBe("unsigned");
  });

  it("of no day, or not made yet, is an error of WeChat Pay", async () => {
    const { pay } = payInProcess();
    const refused: readonly (readonly [object, string])[] = [
      [{ bill_date: "2026-02-30" }, "PARAM_ERROR"],
      [{ bill_date: billDate(Date.now() + 9 * DAY_MS) }, "INVALID_REQUEST"],
      [{ bill_date: billDate(Date.now() - 100 * DAY_MS) }, "INVALID_REQUEST"],
      [{ bill_type: "NONE" }, "PARAM_ERROR"],
      [{ tar_type: "ZIP" }, "PARAM_ERROR"],
      [{ bill_type: "RECHARGE_REFUND" }, "NO_STATEMENT_EXIST"],
    ];
    for (const [query, apiCode] of refused) {
      await expect(askBill(pay, query)).rejects.toMatchObject({ status: 400, apiCode });
    }
  });

  it("has the text that a test sets, or none", async () => {
    const { pay, emulator } = payInProcess();
    const day = billDate(Date.now());
    emulator.control.setBill(day, text);
    const got = await downloadPayFile(pay, await askBill(pay));
    expect(await textOf(got)).toBe(text.slice(1));
    emulator.control.setBill(day, null);
    await expect(askBill(pay)).rejects.toMatchObject({ apiCode: "NO_STATEMENT_EXIST" });
    expect(() => emulator.control.setBill("2019", text)).toThrow(/bill_date.*a date such as/);
  });

  it("is made from nine o'clock in Shanghai on", async () => {
    const start = Date.parse("2026-11-29T08:59:00+08:00");
    const { emulator } = payInProcess({}, { now: start });
    const { now, advance } = emulator.control.clock;
    const { pay } = payInProcess({ fetch: emulator.fetch, now });
    const yesterday = { bill_date: "2026-11-28" };
    const early = askBill(pay, yesterday);
    await expect(early).rejects.toMatchObject({ status: 400, apiCode: "STATEMENT_CREATING" });
    advance(60_000);
    expect(await askBill(pay, yesterday)).toHaveProperty("download_url");
    const today = askBill(pay, { bill_date: "2026-11-29" });
    await expect(today).rejects.toMatchObject({ status: 400, apiCode: "INVALID_REQUEST" });
  });

  it("is refused when its address has expired, and the error says so", async () => {
    const { pay, emulator } = payInProcess();
    const now = emulator.control.clock.now;
    const client = payInProcess({ fetch: emulator.fetch, now }).pay;
    const asked = await askBill(pay);
    emulator.control.clock.advance(6 * 60_000);
    await expect(downloadPayFile(client, asked)).rejects.toMatchObject({
      status: 400,
      apiCode: "INVALID_REQUEST",
      message: expect.stringMatching(/valid for 5 minutes.*ask for a new one/),
    });
  });
});

describe("a picture", () => {
  it("of another id is a 404", async () => {
    const { pay } = payInProcess();
    const path = "/v3/merchant-service/images/unknown";
    await expect(downloadPayFile(pay, { path })).rejects.toMatchObject({ status: 404 });
  });

  it("is asked for by its media_url, byte for byte as it is signed", async () => {
    const { pay, asked } = file("picture", { "content-type": "image/jpeg" });
    const address = "https://api.mch.weixin.qq.com/v3/merchant-service/images/Chsy%2FA%3D%3D?a=%2B";
    await downloadPayFile(pay, { download_url: address });
    expect(asked.map((each) => each.url)).toEqual([address]);
    expect(asked[0]?.headers.get("accept")).toBe("*/*");
  });

  it("has the name that the reply gives it, safe for a file", async () => {
    const { pay } = file("picture", {
      "content-disposition": 'attachment; filename="../../etc/a.jpg"',
    });
    const got = await downloadPayFile(pay, { path: "/v3/a", query: { b: "ä '" } });
    expect(got.name).toBe("a.jpg");
  });
});

describe("a reply that is no file", () => {
  it.each([
    [
      '{"code":"INVALID REQUEST","message":"错误的签名，导致验签失败"}',
      "text/plain",
      "ERR_PAY_API",
    ],
    ['{"data":[]}', "application/json", "ERR_REPLY"],
    ["not even JSON", "application/json", "ERR_REPLY"],
    ["<!DOCTYPE html><p>login", "application/octet-stream", "ERR_REPLY"],
    ["busy", "text/html; charset=utf-8", "ERR_REPLY"],
    ["", "text/plain", "ERR_REPLY"],
  ])("%s as %s is refused", async (content, type, code) => {
    const { pay } = file(content, { "content-type": type });
    await expect(downloadPayFile(pay, { path: "/v3/a" })).rejects.toMatchObject({ code });
    await expect(downloadPayFile(pay, await bill())).rejects.toMatchObject({ code });
  });

  it("is repeated before its first byte, with a new signature", async () => {
    const { pay, emulator, pauses } = payInProcess();
    const asked = await askBill(pay);
    emulator.control.journal.clear();
    emulator.control.faults.add({ kind: "html", status: 502, match });
    emulator.control.faults.add({ kind: "cut", at: "before", skip: 1, match });
    expect(await received(await downloadPayFile(pay, asked))).not.toHaveProperty("error");
    expect([pauses.length, emulator.control.journal.entries().length]).toEqual([2, 3]);
  });

  it("of 4xx is an error of WeChat Pay, and not repeated", async () => {
    const { pay, emulator, pauses } = payInProcess();
    const asked = await askBill(pay);
    emulator.control.faults.add({ kind: "no-auth", match });
    await expect(downloadPayFile(pay, asked)).rejects.toMatchObject({
      code: "ERR_PAY_API",
      apiCode: "NO_AUTH",
      message: expect.stringMatching(/Only the merchant/),
    });
    expect(pauses).toEqual([]);
  });
});

describe("a reply that is signed", () => {
  it("is verified by its Wechatpay-Statement-Sha1, as statements of WeChat Pay Global", async () => {
    const { platformKeys, sign } = await platform();
    const sha1 = await digest(bytes, "SHA-1");
    const headers = { ...(await sign(`{"sha1":"${sha1}"}`)), "Wechatpay-Statement-Sha1": sha1 };
    const right = answered(() => new Response(bytes, { headers }), { platformKeys });
    const path = "/v3/global/statements";
    const got = await downloadPayFile(right.pay, { path, query: { date: "20180103" } });
    expect(got).toMatchObject({ evidence: "signature", digest: { value: sha1 } });
    expect(await textOf(got)).toBe(text.slice(1));
    const gzip = new Uint8Array([0x1f, 0x8b, 8]);
    const kept = answered(() => new Response(gzip, { headers }), { platformKeys });
    const unread = await downloadPayFile(kept.pay, { path }, { gunzip: false });
    expect(unread.evidence).toBe("unsigned"); // the digest is of what is inside
    const forged = answered(() => new Response("forged", { headers }), { platformKeys });
    const { error } = await received(await downloadPayFile(forged.pay, { path }));
    expect(error).toMatchObject({ code: "ERR_REPLY" });
    const restated = {
      ...headers,
      "Wechatpay-Statement-Sha1": await digest(new Uint8Array(1), "SHA-1"),
    };
    const other = answered(() => new Response(new Uint8Array(1), { headers: restated }), {
      platformKeys,
    });
    await expect(downloadPayFile(other.pay, { path })).rejects.toMatchObject({
      code: "ERR_SIGNATURE",
    });
  });
});

describe("a wrong argument is told before anything is sent", () => {
  const hash_value = "a".repeat(40);
  it.each([
    [
      { download_url: url, hash_type: "SM3", hash_value },
      /hash_type must be SHA1 or SHA256, not "SM3"/,
    ],
    [{ download_url: url, hash_type: "MD5", hash_value }, /not "MD5"/],
    [{ download_url: url, hash_value }, /hash_type must be SHA1 or SHA256, not undefined/],
    [{ download_url: url, hash_type: "SHA1" }, /hash_value must have 40 hexadecimal digits/],
    [{ download_url: url, hash_type: "SHA256", hash_value }, /hash_value must have 64/],
    [
      { download_url: url, hash_type: "SHA1", hash_value: `${hash_value} ` },
      /hash_value must have/,
    ],
    [{ download_url: 5 }, /download_url must be the https address/],
    [{ path: "https://api.mch.weixin.qq.com/v3/a" }, /path must be an encoded path/],
    [{ path: "/v3/a", query: new URLSearchParams() }, /query must be an object/],
    [{}, /downloadPayFile needs download_url or path, not \.$/],
    [{ media_id: "a" }, /needs download_url or path, not media_id\.$/],
    [{ url, hash_type: "SHA1" }, /needs download_url or path, not url,hash_type\.$/],
    [{ path: undefined }, /needs download_url or path, not path\.$/],
    [url, /downloadPayFile needs/],
    [new URL(url), /downloadPayFile needs/],
  ])("%j", async (what, words) => {
    const { pay, asked } = file();
    const refused = downloadPayFile(pay, what as never);
    await expect(refused).rejects.toThrow(TypeError);
    await expect(refused).rejects.toThrow(words);
    expect(asked).toEqual([]);
  });
});
