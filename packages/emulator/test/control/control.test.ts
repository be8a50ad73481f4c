import { describe, expect, it } from "vitest";
import {
  type Control,
  createEmulator,
  credentials,
  type EmulatorOptions,
  payUploadEndpoints,
} from "../../src/index.ts";
import { PNG, sha256, upload, uploadRequest } from "../pay/upload-request.ts";

describe("the clock", () => {
  it("follows now, and can be set and advanced", () => {
    let now = 1000;
    const { clock } = createEmulator({ now: () => now }).control;
    expect(clock.now()).toBe(1000);
    clock.advance(500);
    now = 1010;
    expect(clock.now()).toBe(1510);
    clock.set(0);
    now = 1020;
    expect(clock.now()).toBe(10);
    for (const wrong of [Number.NaN, 1e18, null, true, "0"]) {
      expect(() => clock.set(wrong as never)).toThrow(TypeError);
      expect(() => clock.advance(wrong as never)).toThrow(TypeError);
    }
    clock.set(Date.UTC(9000, 0, 1) - 20);
    expect(() => clock.advance(1000)).toThrow(TypeError);
  });

  it("follows Date.now by default", () => {
    const before = Date.now();
    const now = createEmulator().control.clock.now();
    expect(now).toBeGreaterThanOrEqual(before);
    expect(now).toBeLessThanOrEqual(Date.now());
  });

  it("decides how old a signature is", async () => {
    const { fetch, control } = createEmulator();
    control.clock.advance(360_000);
    expect((await upload(fetch)).json.message).toContain("5分钟");
  });
});

describe("where the clock starts", () => {
  it("is a moment, from which time goes by with the first look", async () => {
    for (const now of ["2030-01-02T03:04:05Z", Date.parse("2030-01-02T03:04:05Z")]) {
      const { clock } = createEmulator({ now }).control;
      await new Promise((resolve) => setTimeout(resolve, 20));
      const first = clock.now();
      expect(first).toBe(Date.parse("2030-01-02T03:04:05Z"));
      await new Promise((resolve) => setTimeout(resolve, 20));
      expect(clock.now() - first).toBeGreaterThanOrEqual(15);
      clock.advance(60_000);
      expect(clock.now() - first).toBeGreaterThan(60_000);
    }
    expect(() => createEmulator({ now: "noon" })).toThrow('now is "noon"; it must be a function,');
    expect(() => createEmulator({ now: 8.65e15 })).toThrow("now is 8650000000000000; it must be");
  });
});

describe("setOptions", () => {
  it("begins anew with the options of the start and these, and with nothing where one is wrong", () => {
    const { control } = createEmulator({ newsPerDay: 3, tokenLength: 64 });
    const { faults, clock } = control;
    faults.add({ kind: "quota" });
    clock.set(0);
    expect(() => control.setOptions({ newsPerDay: -1 })).toThrow("newsPerDay is -1");
    expect([control.options.newsPerDay, faults.list()]).toEqual([3, [{ kind: "quota", times: 1 }]]);
    control.setOptions({ now: 5, tokenLength: undefined });
    expect(control.options).toEqual({ newsPerDay: 3, now: 5, tokenLength: undefined });
    expect([clock.now(), faults.list()]).toEqual([5, []]);
    control.reset();
    expect(control.options).toEqual({ newsPerDay: 3, tokenLength: 64 });
  });
});

describe("faults and merchants that would break a later reply", () => {
  it.each([
    { kind: "html", match: null },
    { kind: "html", status: 204 },
    { kind: "redirect", location: "/a\nb" },
    { kind: "too-fast", retryAfter: "1\r\nX: y" },
  ])("%o is refused", (fault) => {
    expect(() => createEmulator().control.faults.add(fault as never)).toThrow(TypeError);
  });

  it.each([{ certificateState: "lost" }, { permissions: "image" }])("%o is refused", (change) => {
    const { control } = createEmulator();
    const merchants = [{ mchid: credentials.pay.mchid, ...change }] as never;
    expect(() => control.seed({ merchants })).toThrow(TypeError);
  });
});

describe("the journal", () => {
  it("tells what was sent and what came of it, and no key", async () => {
    const { fetch, control } = createEmulator({ now: () => 1_800_000_000_000 });
    const good = await upload(fetch, { timestamp: 1_800_000_000 });
    await upload(fetch, { timestamp: 1_800_000_000, filename: "a.txt" });
    const [first, second] = control.journal.entries();
    expect(first).toEqual({
      time: 1_800_000_000_000,
      requestId: good.headers.get("request-id"),
      method: "POST",
      path: "/v3/merchant/media/upload",
      headers: {
        "user-agent": "emulator-test/1.0",
        accept: "application/json",
        "content-type": "multipart/form-data;boundary=boundary",
      },
      mchid: credentials.pay.mchid,
      filename: "商户.png",
      sha256: sha256(PNG),
      fileBytes: PNG.length,
      status: 200,
    });
    expect(second).toMatchObject({ filename: "a.txt", status: 400, code: "PARAM_ERROR" });
    expect(JSON.stringify(control.journal.entries())).not.toMatch(/signature|PRIVATE/);
    control.journal.clear();
    expect(control.journal.entries()).toEqual([]);
  });

  it("returns copies", async () => {
    const { fetch, control } = createEmulator();
    await upload(fetch);
    Object.assign(control.journal.entries()[0] ?? {}, { status: 1 });
    expect(control.journal.entries()[0]?.status).toBe(200);
  });
});

describe("reset", () => {
  it("brings everything back to the options", async () => {
    const { fetch, control } = createEmulator({
      merchants: [{ mchid: credentials.pay.mchid, dailyLimit: 1 }],
    });
    control.clock.advance(1000);
    control.faults.add({ kind: "quota", match: { filename: "x" } });
    control.seed({ merchants: [{ mchid: "1900000109" }] });
    expect((await upload(fetch)).status).toBe(200);
    expect((await upload(fetch)).status).toBe(429);
    expect((await upload(fetch, { mchid: "1900000109" })).status).toBe(200);
    control.reset();
    expect(Math.abs(control.clock.now() - Date.now())).toBeLessThan(500);
    expect(control.faults.list()).toEqual([]);
    expect(control.journal.entries()).toEqual([]);
    expect(control.payMedia).toEqual([]);
    expect((await upload(fetch, { mchid: "1900000109" })).status).toBe(401);
    expect((await upload(fetch)).status).toBe(200);
  });
});

describe("options that cannot be", () => {
  it.each([
    [null, /^options is null; it must be an object/],
    [[], /^options is \[\]; it must be an object/],
    [{ replykey: "x" }, /^options has no "replykey"\. Did you mean "replyKeyId"\? It has now, /],
    [{ limits: { image: 0 } }, /^limits\.image is 0; it must be a whole number, 1 or more/],
    [{ limits: { pictures: 1 } }, /^limits has no "pictures"\. It has image, /],
    [{ replyKeyId: "x" }, /^replyKeyId is "x"; it must be one of "PUB_KEY_ID_/],
    [{ probeRate: 2 }, /^probeRate is 2/],
    [{ faults: [{ kind: "x" }] }, /^faults\[0\]\.kind is "x"/],
    [
      { merchants: [{ mchid: "abc" }] },
      /^merchants\[0\]\.mchid is "abc"; it must be 6 to 32 digits/,
    ],
    [{ merchants: [{ mchid: "1900000109", dailyLimit: -1 }] }, /^merchants\[0\]\.dailyLimit is -1/],
    [
      { merchants: [{ mchid: "1900000109", publicKey: "x" }] },
      /^merchants\[0\]\.publicKey is a string of 1 characters; it must be PEM of/,
    ],
    [
      { merchants: [{ mchid: "1900000109", publicKey: credentials.pay.privateKey }] },
      /publicKey is PEM of a PRIVATE KEY; it must be PEM of a PUBLIC KEY or a CERTIFICATE/,
    ],
  ])("%o", (options, message) => {
    expect(() => createEmulator(options as unknown as EmulatorOptions)).toThrow(message);
  });
});

describe("what the control is given", () => {
  const { appid } = credentials.mp;
  const looped: Record<string, unknown> = {};
  looped["loop"] = looped;
  it.each<[does: string, work: (control: Control) => unknown, message: RegExp]>([
    ["seeds nothing", ({ seed }) => seed(undefined as never), /^seeds is undefined; it must be/],
    ["seeds null", ({ seed }) => seed(null as never), /^seeds is null; it must be/],
    ["seeds {}", ({ seed }) => seed({}), /^seeds is \{\}; it must be \{"merchants":/],
    [
      "misspells what it seeds",
      ({ seed }) => seed({ merchant: [] } as never),
      /^seeds has no "merchant"\. Did you mean "merchants"\?/,
    ],
    ["seeds a Promise", ({ seed }) => seed(Promise.resolve({}) as never), /^seeds is a Promise;/],
    ...(["kill", "expire", "list", "calls"] as const).flatMap(
      (name): [string, (control: Control) => unknown, RegExp][] => [
        [
          `${name}: no appid`,
          ({ tokens }) => tokens[name](undefined as never),
          /^appid is undefined; it must be one of "wx/,
        ],
        [
          `${name}: another appid`,
          ({ tokens }) => tokens[name]("wx0123"),
          /^appid is "wx0123"; it must be one of "wx/,
        ],
      ],
    ),
    [
      "kill: null",
      ({ tokens }) => tokens.kill(appid, null as never),
      /^options is null; it must be an object with replace/,
    ],
    [
      "kill: a misspelt option",
      ({ tokens }) => tokens.kill(appid, { replaces: true } as never),
      /^options has no "replaces"\. Did you mean "replace"\?/,
    ],
    [
      "clientIp: a number",
      (control) => Object.assign(control, { clientIp: 5 }),
      /^clientIp is 5; it must be a non-empty string/,
    ],
    [
      "an option that contains itself",
      ({ setOptions }) => setOptions({ accounts: looped } as never),
      /^accounts is an object that contains itself; it must be a list of accounts/,
    ],
    [
      "an option with a BigInt",
      ({ setOptions }) => setOptions({ accounts: { a: 5n } } as never),
      /^accounts is \{"a":"5"\}; it must be a list of accounts/,
    ],
    [
      "an option that is no date",
      ({ setOptions }) => setOptions({ accounts: new Date(Number.NaN) } as never),
      /^accounts is a Date; it must be a list of accounts/,
    ],
    ["a Map of options", ({ setOptions }) => setOptions(new Map() as never), /^options is a Map; /],
    [
      "a kind in a list",
      ({ faults }) => faults.add({ kind: ["html"] } as never),
      /^fault\.kind is \["html"\]; it must be status, /,
    ],
  ])("%s", (_, work, message) => {
    const { control } = createEmulator();
    expect(() => work(control)).toThrow(message);
  });
});

describe("fetch in process", () => {
  it("takes null for its options, and any method, as fetch does", async () => {
    const { fetch } = createEmulator();
    const address = "https://api.weixin.qq.com/cgi-bin/token";
    expect((await fetch(address, null as never)).status).toBe(200);
    expect((await fetch(address, { method: 5 } as never)).status).toBeGreaterThanOrEqual(200);
    await expect(fetch(null as never)).rejects.toThrow(/URL/);
  });

  const { path, init } = uploadRequest();
  const url = `https://api.mch.weixin.qq.com${path}`;

  it("takes a URL, a Request, a Blob and a stream", async () => {
    const { fetch } = createEmulator();
    const chunks = new ReadableStream({
      start(controller) {
        controller.enqueue(init.body.slice(0, 10));
        controller.enqueue(init.body.slice(10));
        controller.close();
      },
    });
    const streamed = { ...init, body: chunks, duplex: "half" } as RequestInit;
    expect((await fetch(new URL(url), init)).status).toBe(200);
    expect((await fetch(new Request(url, init))).status).toBe(200);
    expect((await fetch(url, { ...init, body: new Blob([init.body]) })).status).toBe(200);
    expect((await fetch(url, streamed)).status).toBe(200);
    expect((await fetch(new Request(url, { ...init, body: "x" }), init)).status).toBe(200);
  });

  it("adds */* where there is no Accept, as fetch does, but no User-Agent", async () => {
    const { fetch } = createEmulator();
    const { accept: _, ...headers } = init.headers;
    expect((await fetch(url, { ...init, headers })).status).toBe(200);
    const { "user-agent": __, ...anonymous } = init.headers;
    expect((await fetch(url, { ...init, headers: anonymous })).status).toBe(400);
  });

  it("rejects with the reason of a signal that is aborted already, unseen by the journal", async () => {
    const { fetch, control } = createEmulator();
    const reason = new Error("no");
    await expect(fetch(url, { ...init, signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(control.journal.entries()).toEqual([]);
  });

  it("rejects when aborted while the body is read", async () => {
    const { fetch } = createEmulator();
    const controller = new AbortController();
    const body = new ReadableStream({ pull: () => new Promise(() => {}) });
    const sent = fetch(url, {
      ...init,
      body,
      duplex: "half",
      signal: controller.signal,
    } as RequestInit);
    controller.abort();
    await expect(sent).rejects.toMatchObject({ name: "AbortError" });
  });
});

describe("routes", () => {
  it("each carry their evidence", () => {
    const known = ["documented", "reported", "assumed"];
    for (const endpoint of payUploadEndpoints) {
      expect(Object.values(endpoint.evidence).every((evidence) => known.includes(evidence))).toBe(
        true,
      );
      expect(endpoint.source).not.toBe("");
    }
    expect(payUploadEndpoints.map(({ kind }) => kind)).toEqual([
      "image",
      "video",
      "marketing-image",
      "merchant-service-image",
      "global-merchant-service-image",
      "product-coupon-image",
      "brand-product-coupon-image",
      "global-merchant-file",
      "account-cancellation-image",
      "bank-package-task",
      "shopping-receipt",
      "submission-file",
      "due-diligence-file",
      "fapiao-file",
      "taxi-fapiao-file",
    ]);
  });
});
