import { createVerify } from "node:crypto";
import { describe, expect, it } from "vitest";
import { createEmulator, credentials, type Emulator, type Fault } from "../../src/index.ts";
import { tampered } from "../../src/pay/signature-headers.ts";
import { signedBy } from "./signed-call.ts";
import {
  IMAGE_PATH,
  type Outcome,
  type UploadOptions,
  upload,
  uploadRequest,
} from "./upload-request.ts";

const verifies = ({ headers, text }: Outcome): boolean => {
  const key = credentials.pay.platformKeys.find(
    ({ platformKeyId }) => platformKeyId === headers.get("wechatpay-serial"),
  );
  const message = `${headers.get("wechatpay-timestamp")}\n${headers.get("wechatpay-nonce")}\n${text}\n`;
  const signature = headers.get("wechatpay-signature") ?? "";
  return createVerify("RSA-SHA256")
    .update(message)
    .verify(key?.key ?? "", signature, "base64");
};

function faulty(...faults: Fault[]): Emulator {
  const emulator = createEmulator();
  for (const fault of faults) emulator.control.faults.add(fault);
  return emulator;
}

/** The answer to the faulted request, after a check that the next one is good again. */
async function once(fault: Fault): Promise<Outcome> {
  const { fetch, control } = faulty(fault);
  const outcome = await upload(fetch);
  expect(control.journal.entries()[0]?.fault).toBe(fault.kind);
  expect(control.faults.list()).toEqual([]);
  const next = await upload(fetch);
  expect(next.status).toBe(200);
  expect(verifies(next)).toBe(true);
  return outcome;
}

describe("faults in the place of the answer", () => {
  it.each([
    [{ kind: "quota" }, 429, { code: "FREQUENCY_LIMIT_EXCEED", message: "当天上传文件数已达上限" }],
    [{ kind: "too-fast" }, 429, { code: "FREQUENCY_LIMIT_EXCEED", message: "操作过快,请稍后重试" }],
    [{ kind: "system-error" }, 500, { code: "SYSTEMERROR", message: "系统错误" }],
    [
      { kind: "system-error", text: "file-system" },
      500,
      { code: "SYSTEMERROR", message: "文件系统错误,请稍后重试" },
    ],
    [{ kind: "no-auth" }, 403, { code: "NO_AUTH", message: "商户权限异常" }],
    [{ kind: "status", status: 503 }, 503, { code: "SERVICE_UNAVAILABLE", message: "" }],
    [{ kind: "status", status: 500 }, 500, { code: "SYSTEM_ERROR", message: "" }],
    [{ kind: "status", status: 400, code: "X", message: "y" }, 400, { code: "X", message: "y" }],
  ] as [Fault, number, object][])("%o", async (fault, status, json) => {
    const outcome = await once(fault);
    expect(outcome.status).toBe(status);
    expect(outcome.json).toEqual(json);
    expect(verifies(outcome)).toBe(true);
    expect(outcome.headers.has("retry-after")).toBe(false);
    expect(outcome.headers.has("request-id")).toBe(true);
  });

  it.each([
    { kind: "too-fast", retryAfter: 7 },
    { kind: "status", status: 429, retryAfter: "7" },
  ] as Fault[])("%o says when to come back", async (fault) => {
    expect((await once(fault)).headers.get("retry-after")).toBe("7");
  });

  it.each([204, 500])("status %i may have no body", async (status) => {
    const outcome = await once({ kind: "status", status, code: "" });
    expect([outcome.status, outcome.text]).toEqual([status, ""]);
  });

  it.each([200, 502])("an HTML page with %i", async (status) => {
    const outcome = await once({ kind: "html", status });
    expect(outcome.status).toBe(status);
    expect(outcome.headers.get("content-type")).toBe("text/html");
    expect(outcome.text).toMatch(/^<html>/);
  });

  it.each([
    [{ kind: "quota" }, { signedBody: "x" }],
    [{ kind: "status", status: 503 }, { headers: { authorization: null } }],
    [{ kind: "no-auth" }, { timestamp: 1 }],
    [{ kind: "status", status: 401 }, {}],
    [{ kind: "html" }, {}],
    [{ kind: "status", status: 500, code: "" }, {}],
  ] as [Fault, UploadOptions][])("%o is not signed for %o", async (fault, options) => {
    const outcome = await upload(faulty(fault).fetch, options);
    expect(outcome.status).toBeGreaterThan(400);
    expect(outcome.headers.has("wechatpay-signature")).toBe(false);
  });

  it("stores nothing", async () => {
    const { fetch, control } = faulty({ kind: "quota" });
    await upload(fetch);
    expect(control.payMedia).toEqual([]);
  });
});

describe("redirect", () => {
  const location = "https://example.com/elsewhere";
  const send = async (redirect: RequestRedirect, status: 302 | 307) => {
    const emulator = faulty({ kind: "redirect", location, status });
    const { path, init } = uploadRequest();
    const response = await emulator.fetch(`https://localhost${path}`, { ...init, redirect });
    return { response, asked: emulator.control.journal.entries().map((e) => [e.method, e.path]) };
  };

  it.each([302, 307] as const)("%i comes through with mode manual", async (status) => {
    const { response } = await send("manual", status);
    expect([response.status, response.headers.get("location")]).toEqual([status, location]);
  });

  it("rejects with mode error", async () => {
    await expect(send("error", 302)).rejects.toThrow(TypeError);
  });

  it.each([
    [302, "GET"],
    [307, "POST"],
  ] as const)("%i is followed as fetch follows it, with %s", async (status, method) => {
    const { asked } = await send("follow", status);
    expect(asked).toEqual([
      ["POST", IMAGE_PATH],
      [method, "/elsewhere"],
    ]);
  });
});

describe("faults of the signed reply", () => {
  it("wrong-signature", async () => {
    const outcome = await once({ kind: "wrong-signature" });
    expect(outcome.headers.get("wechatpay-serial")).toBe(
      credentials.pay.platformKeys[1]?.platformKeyId,
    );
    expect(verifies(outcome)).toBe(false);
  });

  it("wrong-signature is made with a key that no client knows", async () => {
    for (const { platformKeyId } of credentials.pay.platformKeys) {
      const { fetch } = faulty({ kind: "wrong-signature" });
      const outcome = await upload(fetch, { headers: { "wechatpay-serial": platformKeyId } });
      for (const { key } of credentials.pay.platformKeys) {
        expect(signedBy(outcome, key)).toBe(false);
      }
    }
  });

  it("missing-signature", async () => {
    const outcome = await once({ kind: "missing-signature" });
    expect(outcome.status).toBe(200);
    expect([...outcome.headers.keys()].filter((name) => name.startsWith("wechatpay-"))).toEqual([]);
    expect(outcome.json.media_id).toHaveLength(107);
  });

  it("unknown-serial", async () => {
    const serial = (await once({ kind: "unknown-serial" })).headers.get("wechatpay-serial");
    expect(serial).toMatch(/^[0-9A-F]{40}$/);
    expect(credentials.pay.platformKeys.map(({ platformKeyId }) => platformKeyId)).not.toContain(
      serial,
    );
    expect(serial).not.toBe(credentials.pay.serialNo);
  });

  it.each([
    [undefined, 601],
    [301, 301],
    [-400, -400],
  ])("stale by %s seconds, and signed so", async (seconds, late) => {
    const now = 1_800_000_000_000;
    const { fetch, control } = createEmulator({ now: () => now });
    control.faults.add({ kind: "stale", ...(seconds !== undefined && { seconds }) });
    const outcome = await upload(fetch, { timestamp: now / 1000 });
    expect(Number(outcome.headers.get("wechatpay-timestamp"))).toBe(now / 1000 - late);
    expect(verifies(outcome)).toBe(true);
  });

  it("probe: 355 characters, which base64 with its padding cannot have", async () => {
    const signature = (await once({ kind: "probe" })).headers.get("wechatpay-signature") ?? "";
    expect(signature).toMatch(/^WECHATPAY\/SIGNTEST\//);
    expect(signature).toHaveLength(355);
    expect(signature.length % 4).toBe(3);
  });

  it("never probes the repetition of a meta, even where the fault stands for ever", async () => {
    const { fetch } = faulty({ kind: "probe", times: 0 });
    const probed = async (filename: string) =>
      (await upload(fetch, { filename })).headers
        .get("wechatpay-signature")
        ?.startsWith("WECHATPAY");
    expect(await probed("a.png")).toBe(true);
    expect(await probed("b.png")).toBe(true);
    expect(await probed("a.png")).toBe(false);
    expect(await probed("a.png")).toBe(true);
    expect(await probed("b.png")).toBe(false);
  });

  it("sprinkles probes at the given rate, by count; a repetition does not count", async () => {
    const { fetch } = createEmulator({ probeRate: 0.5 });
    const probed: boolean[] = [];
    for (let i = 0; i < 5; i++) {
      const outcome = await upload(fetch);
      probed.push(outcome.headers.get("wechatpay-signature")?.length === 355);
    }
    expect(probed).toEqual([false, true, false, false, true]);
  });

  it("delay: the clock goes on at once where it is told to", async () => {
    const { fetch, control } = createEmulator({ sleep: "advance-clock", now: Date.now });
    control.faults.add({ kind: "delay", ms: 3_600_000 });
    const before = Date.now();
    expect((await upload(fetch, { timestamp: Math.floor(before / 1000) + 3600 })).status).toBe(200);
  });

  it("tampered: good JSON of the same length that does not verify", async () => {
    const outcome = await once({ kind: "tampered" });
    expect(outcome.json.media_id).toHaveLength(107);
    expect(verifies(outcome)).toBe(false);
  });

  // The last letter of padded base64 has bits that mean nothing: "QQ==" and "QR==" say the same.
  it.each(["QUJD", "QUI=", "QQ==", "Q/A=", "QUE+"])("tampered: %s says something else", (text) => {
    const body = JSON.stringify({ ciphertext: text });
    const { ciphertext } = JSON.parse(new TextDecoder().decode(tampered(Buffer.from(body))));
    expect(ciphertext).toHaveLength(text.length);
    expect(Buffer.from(ciphertext, "base64")).not.toEqual(Buffer.from(text, "base64"));
  });

  it("truncated: less than its Content-Length", async () => {
    const outcome = await once({ kind: "truncated" }).catch((error: unknown) => error);
    expect(outcome).toBeInstanceOf(SyntaxError);
    const { fetch } = faulty({ kind: "truncated" });
    const { path, init } = uploadRequest();
    const response = await fetch(`https://localhost${path}`, init);
    const length = Number(response.headers.get("content-length"));
    expect((await response.text()).length).toBe(length >> 1);
  });

  it("oversize: more than 1 MiB, and signed", async () => {
    const outcome = await once({ kind: "oversize" });
    expect(outcome.text.length).toBeGreaterThan(1_048_576);
    expect(verifies(outcome)).toBe(true);
  });

  it("empty and no-media-id: signed all the same", async () => {
    const empty = await once({ kind: "empty" });
    const none = await once({ kind: "no-media-id" });
    expect([empty.status, empty.text, verifies(empty)]).toEqual([200, "", true]);
    expect([none.status, none.text, verifies(none)]).toEqual([200, "{}", true]);
  });

  it("wait for a reply that is signed", async () => {
    const { fetch, control } = faulty({ kind: "tampered" });
    expect((await upload(fetch, { filename: "a.txt" })).status).toBe(400);
    expect(control.faults.list()).toHaveLength(1);
    expect(verifies(await upload(fetch))).toBe(false);
  });
});

describe("cut", () => {
  const { path, init } = uploadRequest();
  const url = `https://localhost${path}`;

  it("before: fetch rejects, though the file is stored", async () => {
    const { fetch, control } = faulty({ kind: "cut" });
    await expect(fetch(url, init)).rejects.toThrow(TypeError);
    expect(control.payMedia).toHaveLength(1);
    expect(control.journal.entries()[0]).toMatchObject({ fault: "cut" });
    expect(control.journal.entries()[0]?.status).toBeUndefined();
  });

  it.each(["headers", "body"] as const)("%s: the body breaks", async (at) => {
    const { fetch } = faulty({ kind: "cut", at });
    const response = await fetch(url, init);
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow(TypeError);
  });

  it("body: half of it comes", async () => {
    const { fetch } = faulty({ kind: "cut", at: "body" });
    const reader = (await fetch(url, init)).body?.getReader();
    expect((await reader?.read())?.value?.length).toBe(61);
    await expect(reader?.read()).rejects.toThrow(TypeError);
  });
});

describe("delay", () => {
  it("pauses, then goes on with the next fault", async () => {
    const pauses: number[] = [];
    const { fetch, control } = createEmulator({
      sleep: async (ms) => {
        pauses.push(ms);
      },
    });
    control.faults.add({ kind: "delay", ms: 5000 });
    control.faults.add({ kind: "quota" });
    control.faults.add({ kind: "delay", ms: 70 });
    expect((await upload(fetch)).status).toBe(429);
    expect(pauses).toEqual([5000, 70]);
    expect(control.journal.entries()[0]?.fault).toBe("delay+delay+quota");
  });

  it("ends when the request is aborted, with the signal's own reason", async () => {
    const { fetch, control } = faulty({ kind: "delay", ms: 86_400_000 });
    const controller = new AbortController();
    const { path, init } = uploadRequest();
    const sent = fetch(`https://localhost${path}`, { ...init, signal: controller.signal });
    const reason = new Error("enough");
    controller.abort(reason);
    await expect(sent).rejects.toBe(reason);
    expect(control.payMedia).toEqual([]);
  });
});

describe("matching", () => {
  it.each([
    [{ filename: "b.png" }, { filename: "b.png" }, true],
    [{ filename: "b.png" }, { filename: "a.png" }, false],
    [{ path: IMAGE_PATH }, {}, true],
    [{ path: "/v3/merchant/*" }, {}, true],
    [{ path: "/v3/marketing/*" }, {}, false],
    [{ method: "post" }, {}, true],
    [{ method: "GET" }, {}, false],
    [{ filename: "part.png" }, { filename: "part.png", meta: "{", signedBody: "{" }, true],
  ])("%o with %o: %s", async (match, options, hit) => {
    const { fetch } = faulty({ kind: "status", status: 599, match });
    expect((await upload(fetch, options)).status === 599).toBe(hit);
  });

  it("counts down, and 0 stands for ever", async () => {
    const { fetch, control } = faulty(
      { kind: "quota", times: 2, match: { filename: "a.png" } },
      { kind: "no-auth", times: 0, match: { filename: "b.png" } },
    );
    const statuses: number[] = [];
    for (const filename of ["a.png", "a.png", "a.png", "b.png", "b.png"]) {
      statuses.push((await upload(fetch, { filename })).status);
    }
    expect(statuses).toEqual([429, 429, 200, 403, 403]);
    expect(control.faults.list()).toEqual([
      { kind: "no-auth", times: 0, match: { filename: "b.png" } },
    ]);
    control.faults.clear();
    expect((await upload(fetch, { filename: "b.png" })).status).toBe(200);
  });

  it("applies one turn to one of two concurrent requests", async () => {
    const { fetch } = faulty({ kind: "wrong-signature" });
    const outcomes = await Promise.all([upload(fetch), upload(fetch)]);
    expect(outcomes.filter(verifies)).toHaveLength(1);
  });

  it("knows the faults of the options after a reset as well", async () => {
    const { fetch, control } = createEmulator({ faults: [{ kind: "quota" }] });
    expect((await upload(fetch)).status).toBe(429);
    expect((await upload(fetch)).status).toBe(200);
    control.reset();
    expect((await upload(fetch)).status).toBe(429);
  });
});

describe("a fault that cannot be", () => {
  it.each([
    [{ kind: "boom" }, /^fault\.kind is "boom"; it must be status, html, /],
    [{ kind: "toString" }, /^fault\.kind is "toString"/],
    [undefined, "fault is undefined; it must be an object."],
    [{}, /^fault\.kind is undefined/],
    [{ kind: "delay" }, "fault.ms is missing; it must be a whole number from 0 to 86400000."],
    [
      { kind: "status", status: 99 },
      "fault.status is 99; it must be a whole number from 200 to 599.",
    ],
    [{ kind: "quota", ms: 1 }, 'fault has no "ms". It has kind, match, times, skip.'],
    [
      { kind: "cut", at: "noon" },
      'fault.at is "noon"; it must be one of "request", "before", "headers", "body".',
    ],
    [{ kind: "quota", times: -1 }, /^fault\.times is -1/],
    [{ kind: "quota", match: { host: "x" } }, /^fault\.match has no "host"/],
    [
      { kind: "too-fast", retryAfter: {} },
      /^fault\.retryAfter is {}; it must be seconds or an HTTP date/,
    ],
  ])("%o", (fault, message) => {
    const { control } = createEmulator();
    expect(() => control.faults.add(fault as Fault)).toThrow(TypeError);
    expect(() => control.faults.add(fault as Fault)).toThrow(message);
    expect(control.faults.list()).toEqual([]);
  });
});
