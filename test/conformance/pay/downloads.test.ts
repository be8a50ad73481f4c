import { digest } from "@wechat-edge/core";
import { credentials } from "@wechat-edge/emulator";
import { uploadPayFile } from "@wechat-edge/pay-media";
import { downloadPayFile, type PayDownload } from "@wechat-edge/pay-media/downloads";
import { describe, expect, it } from "vitest";
import {
  answered,
  askBill,
  bill,
  billDate,
  bytes,
  platform,
  received,
  text,
  url,
} from "../../support/bill.ts";
import { canOpenGzip } from "../../support/gzip.ts";
import { media } from "../../support/media.ts";
import { payInProcess, payOverHttp } from "../../support/pay.ts";

const FILE_PATH = "/v3/billdownload/file";
const match = { path: FILE_PATH };
const opens = canOpenGzip();

const file = (content: BodyInit = bytes, headers: Record<string, string> = {}) =>
  answered(() => new Response(content, { headers: { "content-type": "text/plain", ...headers } }));

const textOf = ({ body }: PayDownload): Promise<string> => new Response(body).text();

async function packed(content: Uint8Array<ArrayBuffer> = bytes): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([content]).stream().pipeThrough(new CompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

describe("a bill", () => {
  it("[pay.P12] is downloaded, and compared with its digest", async () => {
    const { pay } = payInProcess();
    const asked = await askBill(pay);
    const got = await downloadPayFile(pay, asked);
    expect(got).toMatchObject({
      evidence: "digest",
      digest: { algorithm: "SHA-1", value: asked.hash_value },
      type: "text/plain",
    });
    const csv = await textOf(got);
    expect(new TextEncoder().encode(csv).length).toBe((got.size ?? 0) - 3); // text() drops the BOM
    expect(csv).toMatch(/^交易时间,公众账号ID,商户号/);
    expect(csv).toContain(`\`${credentials.pay.mchid},`);
  });

  it("comes over HTTP, at the address that it was asked at", async () => {
    const pay = payOverHttp();
    const asked = await askBill(pay, {}, "/v3/bill/fundflowbill");
    expect(new URL(asked.download_url).origin).toBe(pay.baseUrl);
    const got = await downloadPayFile(pay, asked);
    expect(await textOf(got)).toMatch(/^记账时间,微信支付业务单号/);
    const none = askBill(pay, { account_type: "FEES" }, "/v3/bill/fundflowbill");
    await expect(none).rejects.toMatchObject({ apiCode: "NO_STATEMENT_EXIST" });
  });

  it("that is gzip is opened, because the digest is of what is inside", async () => {
    const { pay } = payInProcess();
    const asked = await askBill(pay, { tar_type: "GZIP" });
    expect(asked.download_url).toContain("tartype=gzip");
    const opened = downloadPayFile(pay, asked);
    if (opens) {
      const got = await opened;
      expect(got).toMatchObject({ evidence: "digest", type: "application/octet-stream" });
      expect(got.size).toBeUndefined();
      expect(await textOf(got)).toMatch(/^交易时间/);
    } else {
      await expect(opened).rejects.toThrow(/no DecompressionStream.*gunzip: false/);
    }
    const kept = await downloadPayFile(pay, asked, { gunzip: false });
    expect(kept).toMatchObject({ evidence: "unsigned", type: "application/x-gzip" });
    expect(kept.digest).toBeUndefined();
    const raw = new Uint8Array(await new Response(kept.body).arrayBuffer());
    expect([raw[0], raw[1], raw.length]).toEqual([0x1f, 0x8b, kept.size]);
  });

  it("that was unpacked on the way is compared as it is", async () => {
    const { pay } = file();
    const address = { ...(await bill()), download_url: `${url}&tartype=gzip` };
    expect(await textOf(await downloadPayFile(pay, address))).toBe(text.slice(1));
  });

  it("that is gzip, cut short or damaged, ends with an error", async () => {
    if (!opens) return expect(opens).toBe(false);
    const whole = await packed(crypto.getRandomValues(new Uint8Array(9000)));
    const damaged = whole.slice();
    damaged[damaged.length - 6] = (damaged.at(-6) ?? 0) ^ 1;
    for (const content of [whole.slice(0, 5000), damaged]) {
      const { pay } = file(content);
      const { error } = await received(await downloadPayFile(pay, await bill()));
      expect(error).toMatchObject({ code: "ERR_REPLY" });
    }
  });

  it("that differs from its digest never ends as if it were complete", async () => {
    const { pay, emulator } = payInProcess();
    emulator.control.faults.add({ kind: "tampered", match });
    const got = await downloadPayFile(pay, await askBill(pay));
    const { bytes: length, error } = await received(got);
    expect(length).toBeLessThan(got.size ?? 0);
    expect(error).toMatchObject({
      code: "ERR_REPLY",
      message: expect.stringMatching(/differs from its digest.*withheld.*new download_url/),
    });
  });

  it("of many parts hands out all but the last before it knows", async () => {
    const part = new Uint8Array(1000).fill(0x61);
    const parts = () =>
      new ReadableStream({
        start(controller) {
          for (let i = 0; i < 5; i++) controller.enqueue(part);
          controller.close();
        },
      });
    const { pay } = answered(() => new Response(parts()));
    const wrong = await downloadPayFile(pay, await bill());
    expect(await received(wrong)).toMatchObject({ bytes: 4000, error: { code: "ERR_REPLY" } });
    const right = await bill(new Uint8Array(5000).fill(0x61));
    expect(await received(await downloadPayFile(pay, right))).toEqual({ bytes: 5000 });
  });

  it("that breaks off ends with a NetworkError", async () => {
    const { pay, emulator } = payInProcess();
    for (const fault of [{ kind: "truncated" }, { kind: "cut", at: "body" }] as const) {
      for (const query of opens ? [{}, { tar_type: "GZIP" }] : [{}]) {
        emulator.control.faults.add({ ...fault, match });
        const { error } = await received(await downloadPayFile(pay, await askBill(pay, query)));
        expect(error).toMatchObject({ code: "ERR_NETWORK", retryable: true });
      }
    }
  });

  it("of many blocks is opened, too", async () => {
    const { pay, emulator } = payInProcess();
    const long = "`0123456789\r\n".repeat(20_000);
    emulator.control.setBill(billDate(Date.now()), long);
    const asked = await askBill(pay, opens ? { tar_type: "GZIP" } : {});
    expect(await textOf(await downloadPayFile(pay, asked))).toBe(long);
  });
});

describe("a picture", () => {
  it("comes unsigned, and says so", async () => {
    const { pay } = payInProcess({}, { storage: "memory" });
    const picture = await media("thumb.jpg");
    const upload = "/v3/merchant-service/images/upload";
    const { media_id } = await uploadPayFile<{ media_id: string }>(pay, { path: upload }, picture);
    const got = await downloadPayFile(pay, { path: `/v3/merchant-service/images/${media_id}` });
    expect(got).toMatchObject({ evidence: "unsigned", type: "image/jpeg", size: picture.size });
    const came = await new Response(got.body).arrayBuffer();
    expect(await digest(new Uint8Array(came), "SHA-256")).toBe(await digest(picture, "SHA-256"));
  });
});

describe("the signed request", () => {
  it.each([
    ["https://example.com/v3/billdownload/file?token=a", /https:\/\/example\.com.*not sent there/],
    ["https://api.mch.weixin.qq.com.example.com/v3/a", /\.example\.com/],
    ["https://evilmch.weixin.qq.com/v3/a", /evilmch/],
    ["http://api.mch.weixin.qq.com/v3/a", /http:\/\/api/],
    ["https://api.mch.weixin.qq.com:444/v3/a", /:444/],
    ["https://a:b@api.mch.weixin.qq.com/v3/a", /must be the https address/],
    ["/v3/billdownload/file?token=a", /must be the https address/],
    ["ftp://api.mch.weixin.qq.com/v3/a", /must be the https address/],
  ])("does not go to %s", async (download_url, words) => {
    const { pay, asked } = file();
    const refused = downloadPayFile(pay, { download_url });
    await expect(refused).rejects.toThrow(TypeError);
    await expect(refused).rejects.toThrow(words);
    expect(asked).toEqual([]);
  });

  it("goes to WeChat Pay's other hosts, and to a relay in place of all of them", async () => {
    const backup = "https://api2.mch.weixin.qq.com/v3/a?token=b";
    const direct = file();
    await downloadPayFile(direct.pay, { download_url: backup });
    expect(direct.asked[0]?.url).toBe(backup);
    const baseUrl = "http://relay.internal:8080";
    const relayed = answered(() => new Response(bytes), { baseUrl });
    await downloadPayFile(relayed.pay, { download_url: backup });
    await downloadPayFile(relayed.pay, { download_url: `${baseUrl}/v3/c` });
    expect(relayed.asked.map((each) => each.url)).toEqual([
      `${baseUrl}/v3/a?token=b`,
      `${baseUrl}/v3/c`,
    ]);
  });

  it("is not sent on to where a redirect points", async () => {
    const { pay, emulator } = payInProcess();
    const asked = await askBill(pay);
    emulator.control.faults.add({ kind: "redirect", location: "https://example.com/", match });
    await expect(downloadPayFile(pay, asked)).rejects.toMatchObject({ code: "ERR_REPLY" });
  });

  it("keeps its token out of messages", async () => {
    const { pay } = answered(() => {
      throw new Error(`cannot fetch ${url}`);
    });
    const error: unknown = await downloadPayFile(pay, await bill()).catch((reason) => reason);
    expect(String(error)).toContain("/v3/billdownload/file?…");
    expect(JSON.stringify([error, String(error), String((error as Error).cause)])).not.toContain(
      "a_b-c",
    );
  });
});

describe("a reply that is signed", () => {
  it("is verified as a whole", async () => {
    const { platformKeys, sign } = await platform();
    const json = '{"data":[]}';
    const headers = { "content-type": "application/json", ...(await sign(json)) };
    const right = answered(() => new Response(json, { headers }), { platformKeys });
    const got = await downloadPayFile(right.pay, { path: "/v3/a" });
    expect(got).toMatchObject({ evidence: "signature", type: "application/json" });
    expect(await textOf(got)).toBe(json);
    const forged = answered(() => new Response('{"data":[1]}', { headers }), { platformKeys });
    await expect(downloadPayFile(forged.pay, { path: "/v3/a" })).rejects.toMatchObject({
      code: "ERR_SIGNATURE",
      reason: "mismatch",
    });
  });
});

describe("an abort", () => {
  it("before it asks, and while the body is read", async () => {
    const { pay, emulator } = payInProcess();
    const asked = await askBill(pay);
    emulator.control.journal.clear();
    const reason = new Error("no longer needed");
    const early = AbortSignal.abort(reason);
    await expect(downloadPayFile(pay, asked, { signal: early })).rejects.toBe(reason);
    expect(emulator.control.journal.entries()).toEqual([]);
    const stop = new AbortController();
    const got = await downloadPayFile(pay, asked, { signal: stop.signal });
    stop.abort(reason);
    expect(await received(got)).toEqual({ bytes: 0, error: reason });
  });

  it("of the reader ends the download", async () => {
    let cancelled: unknown;
    const endless = () =>
      new ReadableStream({
        pull: (controller) => controller.enqueue(new Uint8Array(100).fill(0x61)),
        cancel(reason) {
          cancelled = reason;
        },
      });
    const { pay } = answered(() => new Response(endless()));
    const { body } = await downloadPayFile(pay, await bill());
    const reader = body.getReader();
    await reader.read();
    await reader.cancel("enough");
    expect(cancelled).toBe("enough");
  });
});
