import { request as httpRequest } from "node:http";
import { connect } from "node:net";
import { networkInterfaces } from "node:os";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Fault } from "../src/index.ts";
import { type RunningEmulator, startEmulator } from "../src/node.ts";
import { call, signedBy } from "./pay/signed-call.ts";
import {
  authorization,
  IMAGE_PATH,
  PNG,
  sha256,
  upload,
  uploadRequest,
} from "./pay/upload-request.ts";

let emulator: RunningEmulator;
beforeAll(async () => {
  emulator = await startEmulator({ port: 0, maxBodyBytes: 3_000_000 });
});
afterAll(() => emulator.close());
beforeEach(() => emulator.control.reset());

const send = (options = {}) => upload(fetch, options, emulator.baseUrl);

interface RawAnswer {
  status: number | undefined;
  headers: Record<string, unknown>;
  body: string;
}

/** Sends with node:http, which says Host and Origin as told and chunks on demand. */
function raw(
  path: string,
  {
    method = "GET",
    headers = {},
    body,
  }: { method?: string; headers?: object; body?: Uint8Array | string } = {},
  origin = emulator.baseUrl,
): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(origin + path, { method, headers: { ...headers } }, (incoming) => {
      let text = "";
      incoming.setEncoding("utf8");
      incoming.on("data", (chunk: string) => {
        text += chunk;
      });
      incoming.on("error", reject);
      incoming.on("end", () =>
        resolve({ status: incoming.statusCode, headers: incoming.headers, body: text }),
      );
    });
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}

/** The names of the reply's headers, byte for byte, from a socket. */
function headerNames(
  path: string,
  { method = "GET", headers = {}, body = new Uint8Array() }: Sent = {},
): Promise<string[]> {
  const { hostname, port } = new URL(emulator.baseUrl);
  const lines = Object.entries({
    ...headers,
    host: `${hostname}:${port}`,
    connection: "close",
    "content-length": body.length,
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  return new Promise((resolve, reject) => {
    let answer = "";
    const socket = connect(Number(port), hostname, () => {
      socket.write(`${method} ${path} HTTP/1.1\r\n${lines.join("")}\r\n`);
      socket.write(body);
    });
    socket.setEncoding("latin1");
    socket.on("data", (chunk) => {
      answer += chunk;
    });
    socket.on("error", reject);
    socket.on("end", () => {
      const [head = ""] = answer.split("\r\n\r\n");
      resolve(
        head
          .split("\r\n")
          .slice(1)
          .map((line) => line.slice(0, line.indexOf(":"))),
      );
    });
  });
}

interface Sent {
  method?: string;
  headers?: Record<string, string>;
  body?: Uint8Array;
}

describe("uploads over HTTP", () => {
  it("work, and the journal knows their length", async () => {
    const { status, json } = await send();
    expect(status).toBe(200);
    expect(json.media_id).toHaveLength(107);
    const [entry] = emulator.control.journal.entries();
    expect(Number(entry?.headers["content-length"])).toBeGreaterThan(PNG.length);
    expect(entry?.headers["transfer-encoding"]).toBeUndefined();
  });

  it("of 2 MiB work", async () => {
    const file = Buffer.concat([PNG, Buffer.alloc(2 * 1048576 - PNG.length)]);
    expect((await send({ file })).status).toBe(200);
  });

  it("are signed over the target as sent, which a URL parser would rewrite", async () => {
    const target = `${IMAGE_PATH}?a={"b"}|c`;
    const { init } = uploadRequest({ path: target });
    const { hostname, port } = new URL(emulator.baseUrl);
    const status = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(port), hostname, () => {
        const lines = Object.entries(init.headers).map(([name, value]) => `${name}: ${value}`);
        const length = `content-length: ${init.body.length}`;
        const head = [
          `POST ${target} HTTP/1.1`,
          `host: ${hostname}:${port}`,
          "connection: close",
          length,
        ];
        socket.write(`${[...head, ...lines].join("\r\n")}\r\n\r\n`);
        socket.write(init.body);
      });
      let answer = "";
      socket.on("data", (chunk) => {
        answer += chunk;
      });
      socket.on("error", reject);
      socket.on("end", () => resolve(answer.split("\r\n")[0] ?? ""));
    });
    expect(status).toBe("HTTP/1.1 200 OK");
  });

  it("are answered with header names as the documents spell them, on every path", async () => {
    const { init } = uploadRequest();
    const { mp } = emulator.control.credentials;
    const grant = new URLSearchParams({ grant_type: "client_credential", ...mp });
    const answered = [
      await headerNames(IMAGE_PATH, { method: "POST", headers: init.headers, body: init.body }),
      await headerNames(IMAGE_PATH, { method: "HEAD" }),
      await headerNames("/v3/nothing"),
      await headerNames(`/cgi-bin/token?${grant}`),
      await headerNames("/_emulator/health"),
    ];
    expect(answered[0]?.sort()).toEqual([
      "Connection",
      "Content-Length",
      "Content-Type",
      "Date",
      "Request-ID",
      "Wechatpay-Nonce",
      "Wechatpay-Serial",
      "Wechatpay-Signature",
      "Wechatpay-Signature-Type",
      "Wechatpay-Timestamp",
    ]);
    for (const names of answered) {
      expect(names).toContain("Date");
      for (const name of names) expect(name).toMatch(/^([A-Z][a-z]+|ID)(-([A-Z][a-z]+|ID))*$/);
    }
  });

  it.each([
    [{ kind: "too-fast", retryAfter: 1 }, "Retry-After"],
    [{ kind: "redirect", location: "http://127.0.0.1:1/" }, "Location"],
  ] as [Fault, string][])("have %s's header as documented", async (fault, name) => {
    emulator.control.faults.add(fault);
    const { init } = uploadRequest();
    const sent = { method: "POST", headers: init.headers, body: init.body };
    expect(await headerNames(IMAGE_PATH, sent)).toContain(name);
  });

  it("that are chunked are taken, as from WeChat's own clients for Java and PHP", async () => {
    const { init } = uploadRequest();
    const headers = { ...init.headers, "transfer-encoding": "chunked" };
    const answer = await raw(IMAGE_PATH, { method: "POST", headers, body: init.body });
    expect(answer.status).toBe(200);
    expect(emulator.control.payMedia[0]?.sha256).toBe(sha256(PNG));
    expect(emulator.control.journal.entries()[0]).toMatchObject({
      status: 200,
      headers: { "transfer-encoding": "chunked" },
    });
  });

  it("from a bare stream given to fetch are taken", async () => {
    const { init } = uploadRequest();
    const body = new Blob([init.body]).stream();
    const streamed = { ...init, body, duplex: "half" } as RequestInit;
    expect((await fetch(emulator.baseUrl + IMAGE_PATH, streamed)).status).toBe(200);
  });

  it.each(["chunked", "with its length"])("too large, %s, are refused", async (how) => {
    const { init } = uploadRequest({ file: Buffer.alloc(4_000_000) });
    const chunked = how === "chunked" ? { "transfer-encoding": "chunked" } : {};
    const headers = { ...init.headers, ...chunked };
    const answer = await raw(IMAGE_PATH, { method: "POST", headers, body: init.body });
    expect([answer.status, answer.body]).toEqual([413, ""]);
  });

  it("without User-Agent are refused", async () => {
    const { init } = uploadRequest({ headers: { "user-agent": null } });
    const headers = { ...init.headers, "content-length": init.body.length };
    const answer = await raw(IMAGE_PATH, { method: "POST", headers, body: init.body });
    expect([answer.status, JSON.parse(answer.body).code]).toEqual([400, "INVALID_REQUEST"]);
  });

  it("whose client goes away end the pause and leave an entry without a status", async () => {
    const pause = { begun: false, ended: false };
    const patient = await startEmulator({
      port: 0,
      faults: [{ kind: "delay", ms: 1 }],
      sleep: (_, signal) =>
        new Promise((_resolve, reject) => {
          pause.begun = true;
          signal.addEventListener("abort", () => {
            pause.ended = true;
            reject(signal.reason);
          });
        }),
    });
    const controller = new AbortController();
    const { path, init } = uploadRequest();
    const sent = fetch(patient.baseUrl + path, { ...init, signal: controller.signal });
    await expect.poll(() => pause.begun).toBe(true);
    controller.abort();
    await expect(sent).rejects.toMatchObject({ name: "AbortError" });
    await expect.poll(() => pause.ended).toBe(true);
    const [entry] = patient.control.journal.entries();
    expect([entry?.fault, entry?.status]).toEqual(["delay", undefined]);
    expect(patient.control.payMedia).toEqual([]);
    expect((await upload(fetch, {}, patient.baseUrl)).status).toBe(200);
    await patient.close();
  });
});

describe("faults over HTTP", () => {
  const { path, init } = uploadRequest();

  it("cut before: the socket closes without an answer", async () => {
    emulator.control.faults.add({ kind: "cut" });
    const headers = { ...init.headers, "content-length": init.body.length };
    const cut = raw(path, { method: "POST", headers, body: init.body });
    await expect(cut).rejects.toMatchObject({ code: "ECONNRESET" });
    emulator.control.faults.add({ kind: "cut", at: "before" });
    await expect(fetch(emulator.baseUrl + path, init)).rejects.toThrow(TypeError);
  });

  it.each([
    { kind: "cut", at: "headers" },
    { kind: "cut", at: "body" },
    { kind: "truncated" },
  ] as const)("%o: the headers come, the body does not", async (fault) => {
    emulator.control.faults.add(fault);
    const response = await fetch(emulator.baseUrl + path, init);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-length")).toBe("122");
    await expect(response.text()).rejects.toThrow(TypeError);
  });

  it("redirect, empty and status without a body arrive as they are", async () => {
    emulator.control.faults.add({
      kind: "redirect",
      location: "https://example.com/",
      status: 307,
    });
    const redirected = await fetch(emulator.baseUrl + path, { ...init, redirect: "manual" });
    expect(redirected.status).toBe(307);
    emulator.control.faults.add({ kind: "empty" });
    expect((await send()).text).toBe("");
    emulator.control.faults.add({ kind: "status", status: 204 });
    expect((await send()).status).toBe(204);
  });
});

describe("other calls over HTTP", () => {
  const get = (path: string) => call(fetch, path, { origin: emulator.baseUrl });

  it("download certificates, cut and truncated as told", async () => {
    const path = "/v3/certificates";
    const outcome = await get(path);
    const [, first] = emulator.control.credentials.pay.platformKeys;
    expect([outcome.status, signedBy(outcome, first?.key ?? "")]).toEqual([200, true]);
    for (const fault of [{ kind: "cut" }, { kind: "truncated" }] as const) {
      emulator.control.faults.add(fault);
      await expect(get(path)).rejects.toThrow(TypeError);
    }
    expect(emulator.control.journal.entries().map((entry) => entry.path)).toEqual([
      path,
      path,
      path,
    ]);
  });

  it("look at the signature of an application that is chunked", async () => {
    const headers = { "transfer-encoding": "chunked", "user-agent": "a", accept: "*/*" };
    const path = "/v3/applyment4sub/applyment/";
    expect((await raw(path, { method: "POST", headers, body: "{}" })).status).toBe(401);
  });

  it("carry the Date of the emulator's clock, and no other", async () => {
    emulator.control.clock.set(Date.parse("2031-05-06T07:08:09Z"));
    const date = expect.stringMatching(/^Tue, 06 May 2031 07:08:\d\d GMT$/);
    for (const path of ["/v3/certificates", "/v3/nothing", IMAGE_PATH, "/_emulator/health"]) {
      expect((await raw(path)).headers).toMatchObject({ date });
    }
    expect((await raw("/", { method: "TRACE" })).headers).toMatchObject({ date });
  });
});

describe("control routes", () => {
  const control = async (path: string, method = "GET", body?: unknown) => {
    const response = await fetch(`${emulator.baseUrl}/_emulator/${path}`, {
      method,
      ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    return { status: response.status, json: (await response.json()) as Record<string, unknown> };
  };

  it("give health, credentials and the list of routes", async () => {
    expect((await control("health")).json).toEqual({ ok: true });
    expect((await control("credentials")).json).toEqual(emulator.control.credentials);
    const list = await fetch(`${emulator.baseUrl}/_emulator`);
    const index = (await list.json()) as { api: { path: string; evidence: object }[] };
    expect(index.api.map((route) => route.path)).toContain(IMAGE_PATH);
    expect(index.api[0]?.evidence).toEqual({
      path: "documented",
      form: "documented",
      maxBytes: "documented",
      errors: "documented",
    });
    expect(await (await fetch(emulator.baseUrl)).json()).toEqual(index);
  });

  it("steer faults", async () => {
    const added = await control("faults", "POST", { kind: "quota", times: 2 });
    expect(added.json).toEqual({ faults: [{ kind: "quota", times: 2 }] });
    await control("faults", "POST", { faults: [{ kind: "no-auth" }] });
    await control("faults", "POST", [{ kind: "probe" }]);
    expect((await send()).status).toBe(429);
    expect((await control("faults")).json).toEqual({
      faults: [
        { kind: "quota", times: 1 },
        { kind: "no-auth", times: 1 },
        { kind: "probe", times: 1 },
      ],
    });
    expect((await control("faults", "DELETE")).json).toEqual({ faults: [] });
    expect((await send()).status).toBe(200);
  });

  it("steer the clock", async () => {
    const iso = "2030-01-02T03:04:05.000Z";
    const set = await control("clock", "POST", { set: iso });
    expect(String(set.json["iso"]).slice(0, 16)).toBe(iso.slice(0, 16));
    await control("clock", "POST", { advance: 3_600_000 });
    const { json } = await control("clock");
    expect(String(json["iso"]).slice(0, 16)).toBe("2030-01-02T04:04");
    expect((await send()).status).toBe(401);
  });

  it("seed merchants, read the journal and the media, and reset", async () => {
    const mchid = "1900000109";
    await control("seed", "POST", { merchants: [{ mchid, dailyLimit: 1 }] });
    expect((await send({ mchid })).status).toBe(200);
    expect((await send({ mchid })).status).toBe(429);
    expect((await control("journal")).json["entries"]).toMatchObject([{ mchid }, { status: 429 }]);
    const { payMedia } = (await control("media")).json as { payMedia: object[] };
    expect(payMedia).toMatchObject([{ mchid, sha256: sha256(PNG) }]);
    expect(payMedia[0]).not.toHaveProperty("bytes");
    expect((await control("journal", "DELETE")).json).toEqual({ entries: [] });
    expect((await control("reset", "POST")).json).toEqual({ ok: true });
    expect((await send({ mchid })).status).toBe(401);
  });

  it("steer the platform", async () => {
    const first = emulator.control.credentials.pay.platformKeys[1]?.platformKeyId;
    const before = (await control("platform")).json;
    expect(before).toMatchObject({ mode: "both", certificates: [{ platformKeyId: first }] });
    const { json } = await control("platform", "POST", {
      announce: true,
      activate: true,
      alternate: true,
      publicKeyShare: 0.5,
    });
    expect(json["certificates"]).toMatchObject([
      { platformKeyId: first, listed: true },
      { platformKeyId: json["announced"], signing: true },
    ]);
    const list = () => call(fetch, "/v3/certificates", { origin: emulator.baseUrl });
    expect((await list()).serial).toBe(first);
    expect((await list()).serial).toMatch(/^PUB_KEY_ID_/);
    const activated = await control("platform", "POST", { activate: first, alternate: false });
    expect(activated.json["certificates"]).toMatchObject([{ signing: true }, { signing: false }]);
    const retired = await control("platform", "POST", { retire: first });
    expect(retired.json["certificates"]).toMatchObject([{ listed: false }, { signing: true }]);
    await control("platform", "POST", { mode: "public-key" });
    expect((await list()).status).toBe(404);
    await control("reset", "POST");
    expect((await control("platform")).json).toMatchObject({
      mode: "both",
      certificates: [{ platformKeyId: first, listed: true }],
    });
  });

  it("set options, each time beginning anew with those of the start", async () => {
    expect((await control("options")).json).toEqual({ maxBodyBytes: 3_000_000 });
    const set = { tokenLength: 64, review: { news: "never" }, clientIp: "1.2.3.4" };
    expect((await send()).status).toBe(200);
    const { status, json } = await control("options", "POST", { ...set, maxBodyBytes: null });
    expect([status, json]).toEqual([200, set]);
    expect((await control("journal")).json["entries"]).toEqual([]);
    expect((await control("client-ip")).json).toEqual({ clientIp: "1.2.3.4" });
    const { mp } = emulator.control.credentials;
    const grant = new URLSearchParams({ grant_type: "client_credential", ...mp });
    const token = await fetch(`${emulator.baseUrl}/cgi-bin/token?${grant}`);
    expect(((await token.json()) as { access_token: string }).access_token).toHaveLength(64);
    await control("options", "POST", { chunked: "accept" });
    expect((await control("options")).json).toEqual({ maxBodyBytes: 3_000_000, chunked: "accept" });
    await control("reset", "POST");
    expect((await control("options")).json).toEqual({ maxBodyBytes: 3_000_000 });
  });

  it("leave everything as it is where an option cannot be", async () => {
    expect((await send()).status).toBe(200);
    const refused = await control("options", "POST", { tokenLenght: 64 });
    expect([refused.status, refused.json["error"]]).toEqual([
      400,
      expect.stringMatching(/^options has no "tokenLenght"\. Did you mean "tokenLength"\?/),
    ]);
    expect((await control("journal")).json["entries"]).toHaveLength(1);
  });

  it("give keys as PEM and the sample files, for languages without JSON", async () => {
    const read = async (path: string) => {
      const reply = await fetch(`${emulator.baseUrl}/_emulator/${path}`);
      return [reply.headers.get("content-type"), Buffer.from(await reply.arrayBuffer())] as const;
    };
    const { privateKey, platformKeys } = emulator.control.credentials.pay;
    const [type, key] = await read("merchant-key.pem");
    expect([type, key.toString()]).toEqual(["application/x-pem-file", privateKey]);
    expect((await read("platform-key.pem"))[1].toString()).toBe(platformKeys[0]?.key);
    const [jpeg, bytes] = await read("samples/licence.jpg");
    expect([jpeg, bytes.length]).toEqual(["image/jpeg", 17_627]);
    expect((await control("samples/x")).json["error"]).toContain('name is "x"; it must be one of');
    expect((await control("samples/x")).status).toBe(400);
  });

  it("set the bill of a day", async () => {
    const body = { bill_date: "2019-06-11", text: null };
    expect(await control("bills", "POST", body)).toMatchObject({ status: 200, json: { ok: true } });
  });

  it("give the applications", async () => {
    expect((await control("applyments")).json).toEqual({ applyments: [] });
  });

  it.each([
    ["platform", "POST", {}, 400, /^body is {}; it must be some of {"mode": string/],
    ["platform", "POST", { retir: "x" }, 400, /^body has no "retir"\. Did you mean "retire"/],
    ["platform", "POST", { announce: false }, 400, /^body\.announce is false; it must be true/],
    ["platform", "POST", { retire: 1 }, 400, /^body\.retire is 1; it must be a string/],
    ["platform", "POST", { mode: "x" }, 400, /^mode is "x"/],
    ["platform", "POST", { activate: "x" }, 400, /^platformKeyId is "x"/],
    ["faults", "POST", { kind: "x" }, 400, /^fault\.kind is "x"/],
    ["faults", "POST", "{", 400, /^The body cannot be read as JSON: .*\. Send a JSON object\.$/],
    ["faults", "POST", "1", 400, /^body is 1; it must be a JSON object/],
    ["faults", "POST", { faults: 1 }, 400, /^faults is 1; it must be a list/],
    ["clock", "POST", {}, 400, /^body is {}; it must be {"set": /],
    [
      "clock",
      "POST",
      { set: "noon" },
      400,
      /^body\.set is "noon"; it must be milliseconds since 1970 or an ISO 8601 string/,
    ],
    ["seed", "POST", {}, 400, /^body is {}; it must be {"merchants"/],
    ["seed", "POST", { merchants: [{ mchid: 1 }] }, 400, /^merchants\[0\]\.mchid is 1/],
    ["seed", "POST", { merchants: [null] }, 400, /^merchants\[0\] is null/],
    ["bills", "POST", { bill_date: "2019-06-11" }, 400, /^body has no text|^body\.text is/],
    ["bills", "POST", { bill_date: "11 June", text: "" }, 400, /^body\.bill_date is "11 June"/],
    ["reset", "GET", undefined, 405, /^GET is not supported; the method must be POST/],
    ["nothing", "GET", undefined, 404, /^There is no such control route; the routes are health, /],
  ])("%s %s %o is explained", async (path, method, body, status, error) => {
    const answer = await control(path, method, body);
    expect(answer.status).toBe(status);
    expect(answer.json["error"]).toMatch(error);
  });

  it.each(["/_emulator/health", "/_emulator/", "/", "/_emulator/nothing"])(
    "refuse a Host that is not loopback at %s",
    async (path) => {
      const rebound = await raw(path, { headers: { host: "evil.example:80" } });
      expect(rebound.status).toBe(403);
      expect((await raw(path, { headers: { host: "localhost.evil.example" } })).status).toBe(403);
      expect((await raw(path, { headers: { host: "localhost" } })).status).not.toBe(403);
    },
  );

  it.each([
    ["//localhost/_emulator/journal", "evil.example", 404],
    ["http://localhost/_emulator/journal", "evil.example", 400],
    ["/_emulator/journal", "a@localhost", 400],
    ["/_emulator/journal", "localhost/x", 400],
  ])("are not reached by the target %s under the Host %s", async (path, host, status) => {
    const answered = await new Promise<number | undefined>((resolve, reject) => {
      httpRequest(emulator.baseUrl, { path, headers: { host } }, (incoming) => {
        incoming.resume();
        resolve(incoming.statusCode);
      })
        .on("error", reject)
        .end();
    });
    expect(answered).toBe(status);
  });

  it.each(["https://evil.example", "null", "http://127.0.0.1:1"])(
    "refuse the Origin %s",
    async (origin) => {
      const headers = { origin, "content-length": 0 };
      expect((await raw("/_emulator/reset", { method: "POST", headers })).status).toBe(403);
    },
  );

  it("explain that no certificate is left", async () => {
    for (let i = 0; i < 3; i++) await control("platform", "POST", { announce: true });
    const { status, json } = await control("platform", "POST", { announce: true });
    expect([status, json["error"]]).toEqual([400, expect.stringMatching(/^All 4 demo/)]);
  });

  it("take their own Origin", async () => {
    const headers = { origin: emulator.baseUrl, "content-length": 0 };
    expect((await raw("/_emulator/reset", { method: "POST", headers })).status).toBe(200);
  });
});

describe("CORS", () => {
  const preflight = {
    method: "OPTIONS",
    headers: {
      origin: "https://app.example",
      "access-control-request-method": "POST",
      "access-control-request-headers": "authorization,wechatpay-serial",
    },
  };

  it("is closed by default", async () => {
    const answer = await raw(IMAGE_PATH, preflight);
    expect(answer.status).toBe(405);
    expect(answer.headers).not.toHaveProperty("access-control-allow-origin");
    expect((await send()).headers.has("access-control-allow-origin")).toBe(false);
  });

  it("opens the API routes alone", async () => {
    const open = await startEmulator({ port: 0, cors: true });
    const asked = await raw(IMAGE_PATH, preflight, open.baseUrl);
    expect(asked.status).toBe(204);
    expect(asked.headers).toMatchObject({
      "access-control-allow-origin": "*",
      "access-control-allow-headers": "authorization,wechatpay-serial",
    });
    for (const filename of ["a.png", "a.txt"]) {
      const { headers } = await upload(fetch, { filename }, open.baseUrl);
      expect(headers.get("access-control-allow-origin")).toBe("*");
      expect(headers.get("access-control-expose-headers")).toContain("Wechatpay-Signature");
      expect(headers.get("access-control-expose-headers")).toContain("Request-ID");
      expect(headers.get("access-control-expose-headers")).toMatch(/(^|, )Date,/);
    }
    for (const path of ["/", "/_emulator/health", "/_emulator/nothing"]) {
      const closed = await raw(path, preflight, open.baseUrl);
      expect(closed.status).toBe(403);
      const own = await raw(path, {}, open.baseUrl);
      expect(own.headers).not.toHaveProperty("access-control-allow-origin");
    }
    await open.close();
  });
});

describe("startEmulator", () => {
  it("listens on 127.0.0.1", () => {
    expect(emulator.baseUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  });

  it("listens where it is told to, and steers under names that it is told", async () => {
    const opened = await startEmulator({ port: 0, host: "0.0.0.0", controlHosts: ["wechat"] });
    expect(opened.baseUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const health = async (host: string) => {
      const { status, body } = await raw(
        "/_emulator/health",
        { headers: { host } },
        opened.baseUrl,
      );
      return [status, (JSON.parse(body) as { error?: string }).error];
    };
    expect(await health("wechat:8790")).toEqual([200, undefined]);
    expect(await health("other")).toEqual([
      403,
      "Host is other; control routes accept localhost, 127.0.0.1, [::1], wechat. To allow other, add it to the option controlHosts (--control-host).",
    ]);
    await opened.close();
  });

  const [outer] = Object.values(networkInterfaces())
    .flat()
    .filter((each) => each?.family === "IPv4" && !each.internal);

  it.skipIf(outer === undefined)(
    "lets another machine steer under a given name alone",
    async () => {
      const opened = await startEmulator({ port: 0, host: "0.0.0.0", controlHosts: ["wechat"] });
      const { port } = new URL(opened.baseUrl);
      const from = `http://${outer?.address}:${port}`;
      const ask = async (host: string, path = "/_emulator/health") => {
        const { status, body } = await raw(path, { headers: { host } }, from);
        return [status, body];
      };
      expect((await ask("wechat"))[0]).toBe(200);
      const [status, body] = await ask("localhost");
      expect([status, body]).toEqual([
        403,
        expect.stringContaining(
          `The request comes from ${outer?.address}; control routes accept requests from this machine only. To allow localhost, add it to`,
        ),
      ]);
      expect((await ask("localhost", "/cgi-bin/token"))[0]).toBe(200);
      await opened.close();
    },
  );

  it("refuses options that cannot be", async () => {
    await expect(startEmulator({ port: 70_000 })).rejects.toThrow("port is 70000; it must be");
    await expect(startEmulator({ host: "" })).rejects.toThrow('host is ""; it must be');
    await expect(startEmulator({ hots: "::1" } as never)).rejects.toThrow('Did you mean "host"?');
    await expect(startEmulator({ port: 0, host: "192.0.2.1" })).rejects.toThrow("EADDRNOTAVAIL");
  });

  it("refuses chunked bodies when told to, with an empty body", async () => {
    const strict = await startEmulator({ port: 0, chunked: { pay: "refuse" } });
    const { init } = uploadRequest();
    const body = new Blob([init.body]).stream();
    const streamed = { ...init, body, duplex: "half" } as RequestInit;
    const answer = await fetch(strict.baseUrl + IMAGE_PATH, streamed);
    expect([answer.status, await answer.text()]).toEqual([412, ""]);
    await strict.close();
  });

  it("answers 400 to what is no request for it", async () => {
    expect((await raw("/", { method: "TRACE" })).status).toBe(400);
    expect((await raw("/", { headers: { host: "a b" } })).status).toBe(400);
    const late = authorization({ timestamp: 1 }, IMAGE_PATH, "");
    expect((await send({ authorization: late })).status).toBe(401);
  });
});
