import { createPayClient, payRequest } from "@wechat-edge/core";
import { credentials } from "@wechat-edge/emulator";
import { uploadImage } from "@wechat-edge/pay-media";
import { describe, expect, it } from "vitest";
import { media } from "../../support/media.ts";
import { payInProcess } from "../../support/pay.ts";
import vectors from "../../vectors/keys.json" with { type: "json" };

describe("what answered is named", () => {
  it("a gateway with a page of its own", async () => {
    const { pay, emulator } = payInProcess();
    emulator.control.faults.add({ kind: "html", status: 404 });
    const message = expect.stringContaining("a gateway or a proxy answered, not WeChat Pay's API");
    const call = payRequest(pay, { method: "GET", path: "/v3/certificates" });
    await expect(call).rejects.toMatchObject({ code: "ERR_REPLY", message });
  });
});

describe("retries", () => {
  const picture = () => media("licence.jpg");

  it("sign each try anew", async () => {
    const headers: string[] = [];
    let time = Date.now();
    const { emulator } = payInProcess();
    const { pay } = payInProcess({
      now: () => time,
      sleep: async () => {
        time += 1500;
      },
      fetch: (input, init) => {
        headers.push(new Headers(init?.headers).get("authorization") ?? "");
        return emulator.fetch(input, init);
      },
    });
    emulator.control.faults.add({ kind: "system-error", times: 2 });
    await uploadImage(pay, await picture());
    expect(headers.length).toBe(3);
    for (const field of ["nonce_str", "timestamp", "signature"]) {
      const values = headers.map((header) => new RegExp(`${field}="([^"]+)"`).exec(header)?.[1]);
      expect(new Set(values).size).toBe(3);
    }
  });

  it("wait as long as Retry-After says, in seconds or until a date", async () => {
    const now = Date.UTC(2026, 10, 22, 8, 0, 0);
    for (const retryAfter of [7, new Date(now + 7000).toUTCString()]) {
      const { pay, emulator, pauses } = payInProcess({ now: () => now }, { now: () => now });
      emulator.control.faults.add({ kind: "too-fast", retryAfter });
      await uploadImage(pay, await picture());
      expect(pauses).toEqual([7000]);
    }
  });

  it("count with a timeout that is longer than timers can be", async () => {
    const { pay } = payInProcess({ timeout: Number.POSITIVE_INFINITY, retry: false });
    expect((await uploadImage(pay, await picture())).media_id).not.toBe("");
  });
});

describe("who is asking", () => {
  const identity = { ...credentials.pay };
  const upload = async (change: object, now = Date.now()) => {
    const { emulator } = payInProcess({}, { now: () => now });
    const pay = createPayClient({ ...identity, fetch: emulator.fetch, ...change });
    return uploadImage(pay, await media("licence.jpg"));
  };

  it("is refused with a wrong key, and the error carries WeChat's answer but no key", async () => {
    const wrong = upload({ privateKey: vectors.keys["rsa.pkcs8"] });
    await expect(wrong).rejects.toMatchObject({
      name: "PayApiError",
      status: 401,
      apiCode: "SIGN_ERROR",
      requestId: expect.stringMatching(/./),
      detail: expect.objectContaining({ field: "signature", location: "authorization" }),
      message: expect.stringMatching(/^WeChat Pay answered 401 SIGN_ERROR: .+ \(request .+\)\. .+/),
    });
  });

  it("is refused with a serial that is not the merchant's", async () => {
    await expect(upload({ serialNo: "0123456789ABCDEF" })).rejects.toMatchObject({
      status: 401,
      apiMessage: expect.stringContaining("序列号"),
    });
  });

  it("is refused with a merchant number that does not exist", async () => {
    await expect(upload({ mchid: "1999999999" })).rejects.toMatchObject({ code: "ERR_PAY_API" });
  });

  it("is refused with a clock six minutes off, either way", async () => {
    for (const minutes of [6, -6]) {
      const now = Date.now();
      const wrong = upload({ now: () => now + minutes * 60_000 }, now);
      await expect(wrong).rejects.toMatchObject({
        status: 401,
        apiMessage: expect.stringContaining("5分钟"),
      });
    }
  });

  it("gets WeChat's answer to a digest that is wrong", async () => {
    const { emulator } = payInProcess();
    const { pay } = payInProcess({
      fetch: async (input, init) => {
        const body = new Uint8Array(await new Response(init?.body ?? null).arrayBuffer());
        const inFile = body.length - 100; // behind the signed meta
        body[inFile] = (body[inFile] ?? 0) ^ 1;
        return emulator.fetch(input, { ...init, body });
      },
    });
    await expect(uploadImage(pay, await media("licence.jpg"))).rejects.toMatchObject({
      status: 400,
      apiCode: "PARAM_ERROR",
      apiMessage: "图片sha256值有误,请检查后重新提交",
    });
  });
});
