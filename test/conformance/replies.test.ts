import { createPayClient } from "@wechat-edge/core";
import { credentials, type Fault } from "@wechat-edge/emulator";
import { uploadImage } from "@wechat-edge/pay-media";
import { describe, expect, it } from "vitest";
import { media } from "../support/media.ts";
import { payInProcess } from "../support/pay.ts";
import vectors from "../vectors/keys.json" with { type: "json" };

interface Outcome {
  fault: Fault;
  /** The error, or undefined where a later try succeeds. */
  error?: Record<string, unknown>;
  /** Requests that reach the server. */
  requests: number;
}

/** Every fault strikes once, unless `times: 0` makes it stay. */
const outcomes: Record<string, Outcome> = {
  "500 once": { fault: { kind: "system-error" }, requests: 2 },
  "500 of the file system once": {
    fault: { kind: "system-error", text: "file-system" },
    requests: 2,
  },
  "500 for ever": {
    fault: { kind: "system-error", times: 0 },
    error: { code: "ERR_PAY_API", status: 500, apiCode: "SYSTEMERROR", apiMessage: "系统错误" },
    requests: 3,
  },
  "502 with WeChat's error": {
    fault: { kind: "status", status: 502, code: "SERVICE_UNAVAILABLE", message: "busy", times: 0 },
    error: { code: "ERR_PAY_API", status: 502, apiCode: "SERVICE_UNAVAILABLE" },
    requests: 3,
  },
  "503 of a gateway, as HTML, once": { fault: { kind: "html", status: 503 }, requests: 2 },
  "503 of a gateway, as HTML, for ever": {
    fault: { kind: "html", status: 503, times: 0 },
    error: { code: "ERR_REPLY", status: 503 },
    requests: 3,
  },
  "403 of a gateway, as HTML": {
    fault: { kind: "html", status: 403 },
    error: { code: "ERR_REPLY", status: 403, message: expect.stringContaining("text/html") },
    requests: 1,
  },
  "200 of a captive portal, as HTML": {
    fault: { kind: "html", status: 200 },
    error: { code: "ERR_SIGNATURE", reason: "missing" },
    requests: 1,
  },
  "429 too fast once": { fault: { kind: "too-fast" }, requests: 2 },
  "429 too fast for ever": {
    fault: { kind: "too-fast", times: 0 },
    error: { status: 429, apiCode: "FREQUENCY_LIMIT_EXCEED", apiMessage: "操作过快,请稍后重试" },
    requests: 3,
  },
  "429 of the daily quota": {
    fault: { kind: "quota" },
    error: { code: "ERR_PAY_API", status: 429, apiMessage: "当天上传文件数已达上限" },
    requests: 1,
  },
  "403 without permission": {
    fault: { kind: "no-auth" },
    error: { code: "ERR_PAY_API", status: 403, apiCode: "NO_AUTH" },
    requests: 1,
  },
  "a reply without signature": {
    fault: { kind: "missing-signature" },
    error: { code: "ERR_SIGNATURE", reason: "missing" },
    requests: 1,
  },
  "a reply signed by an unknown key": {
    fault: { kind: "unknown-serial" },
    error: { code: "ERR_SIGNATURE", reason: "unknown-serial" },
    requests: 1,
  },
  "a reply signed by another key under a known serial": {
    fault: { kind: "wrong-signature" },
    error: { code: "ERR_SIGNATURE", reason: "mismatch" },
    requests: 1,
  },
  "a reply that was tampered with": {
    fault: { kind: "tampered" },
    error: { code: "ERR_SIGNATURE", reason: "mismatch" },
    requests: 1,
  },
  "a stale reply": {
    fault: { kind: "stale" },
    error: { code: "ERR_SIGNATURE", reason: "stale" },
    requests: 1,
  },
  "a reply from the future": {
    fault: { kind: "stale", seconds: -601 },
    error: { code: "ERR_SIGNATURE", reason: "stale" },
    requests: 1,
  },
  "a probe": { fault: { kind: "probe" }, requests: 2 },
  "an empty reply": {
    fault: { kind: "empty" },
    error: { code: "ERR_REPLY", message: expect.stringContaining("an empty body") },
    requests: 1,
  },
  "a signed reply without media_id": {
    fault: { kind: "no-media-id" },
    error: { code: "ERR_REPLY", message: expect.stringContaining("media_id") },
    requests: 1,
  },
  "a reply larger than 1 MiB": {
    fault: { kind: "oversize" },
    error: { code: "ERR_REPLY", message: expect.stringContaining("1048576") },
    requests: 1,
  },
  "a connection cut before the reply, once": { fault: { kind: "cut", at: "before" }, requests: 2 },
  "a connection cut before the reply, for ever": {
    fault: { kind: "cut", at: "before", times: 0 },
    error: { code: "ERR_NETWORK" },
    requests: 3,
  },
  "a connection cut after the headers, for ever": {
    fault: { kind: "cut", at: "headers", times: 0 },
    error: { code: "ERR_NETWORK" },
    requests: 3,
  },
  "a connection cut within the body, for ever": {
    fault: { kind: "cut", at: "body", times: 0 },
    error: { code: "ERR_NETWORK" },
    requests: 3,
  },
  "a redirect": {
    fault: { kind: "redirect", location: "https://evil.example/v3/merchant/media/upload" },
    error: { code: "ERR_REPLY", message: expect.stringContaining("redirect") },
    requests: 1,
  },
};

describe("each fault has one outcome", () => {
  for (const [what, { fault, error, requests }] of Object.entries(outcomes)) {
    it(what, async () => {
      const attempts: (string | undefined)[] = [];
      const { pay, emulator } = payInProcess({
        onAttempt: ({ apiCode }) => attempts.push(apiCode),
      });
      emulator.control.faults.add(fault);
      const upload = uploadImage(pay, await media("licence.jpg"));
      if (error === undefined) expect((await upload).media_id).not.toBe("");
      else await expect(upload).rejects.toMatchObject(error);
      expect(emulator.control.journal.entries().length).toBe(requests);
      expect(attempts.length).toBe(requests);
    });
  }
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

  it("back off longer each time, by chance", async () => {
    const retry = { attempts: 4, minDelay: 100, maxDelay: 250 };
    const { pay, emulator, pauses } = payInProcess({ retry });
    emulator.control.faults.add({ kind: "system-error", times: 3 });
    await uploadImage(pay, await picture());
    const bounds = [100, 200, 250];
    expect(pauses.length).toBe(3);
    for (const [i, most] of bounds.entries()) {
      expect(pauses[i]).toBeGreaterThanOrEqual(most / 2);
      expect(pauses[i]).toBeLessThanOrEqual(most);
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

  it("give up where Retry-After asks for more than maxDelay", async () => {
    const { pay, emulator, pauses } = payInProcess();
    emulator.control.faults.add({ kind: "too-fast", retryAfter: 21 });
    const upload = uploadImage(pay, await picture());
    await expect(upload).rejects.toMatchObject({ status: 429, retryAfter: 21_000 });
    expect(pauses).toEqual([]);
  });

  it("do not happen when they are switched off, nor for a probe", async () => {
    for (const kind of ["system-error", "probe"] as const) {
      const { pay, emulator } = payInProcess({ retry: false });
      emulator.control.faults.add({ kind });
      await expect(uploadImage(pay, await picture())).rejects.toThrow();
      expect(emulator.control.journal.entries().length).toBe(1);
    }
  });

  it("repeat a probe once only", async () => {
    const { emulator } = payInProcess();
    let probes = 0;
    const { pay } = payInProcess({
      fetch: async (input, init) => {
        const { status, headers, body } = await emulator.fetch(input, init);
        const forged = new Headers(headers);
        forged.set("Wechatpay-Signature", `WECHATPAY/SIGNTEST/${"a".repeat(336)}`);
        probes += 1;
        return new Response(body, { status, headers: forged });
      },
    });
    const upload = uploadImage(pay, await picture());
    await expect(upload).rejects.toMatchObject({
      code: "ERR_SIGNATURE",
      reason: "malformed",
      probe: true,
    });
    expect(probes).toBe(2);
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
      message: expect.stringMatching(/^WeChat Pay answered 401 SIGN_ERROR: .+ \(request .+\)$/),
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
