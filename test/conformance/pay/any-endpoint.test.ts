// Every endpoint of WeChat Pay that takes a file: its form as it is sent, and what is refused before it is.

import { createPayClient } from "@wechat-edge/core";
import { createEmulator, credentials } from "@wechat-edge/emulator";
import { type PayFileEndpoint, uploadPayFile } from "@wechat-edge/pay-media";
import { brandProductCouponImage, fapiaoFile } from "@wechat-edge/pay-media/endpoints";
import { describe, expect, it } from "vitest";
import { media } from "../../support/media.ts";
import { payInProcess } from "../../support/pay.ts";
import { spied } from "../../support/pay-endpoint-form.ts";

const PDF = "%PDF-1.7\n";
/** SM3 of PDF. */
const PDF_SM3 = "06a607ecde4e0caf132e14a0850d62bf05370dfbc4f21659e7011c307d1ab1d3";
const jpeg = () => media("licence.jpg");

describe("each preset", () => {
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
