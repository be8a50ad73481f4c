import { type MpRequest, mpRequest } from "@wechat-edge/core";
import { addMaterial } from "@wechat-edge/mp-media";
import { describe, expect, it } from "vitest";
import { media } from "../../../../test/support/media.ts";
import { callsOf, failure, mpInProcess, mpScripted } from "../../../../test/support/mp.ts";

const path = "/cgi-bin/material/batchget_material";
const list = { type: "image", offset: 0, count: 20 };

describe("mpRequest", () => {
  it("sends an empty query as none but the token", async () => {
    const { mp, calls } = mpScripted([{ errcode: 0 }]);
    await mpRequest(mp, { method: "GET", path, query: {} });
    expect(calls[0]?.url).toBe(`https://api.weixin.qq.com${path}?access_token=TOKEN`);
  });

  const circular: { self?: unknown } = {};
  circular.self = circular;
  const half = "a\ud83c";
  const misuse: Record<string, [Partial<Record<keyof MpRequest, unknown>>, RegExp]> = {
    "an unknown method": [{ method: "DELETE" }, /GET or POST, not "DELETE"/],
    "a method in small letters": [{ method: "get" }, /GET or POST/],
    "no method": [{ method: undefined }, /GET or POST/],
    "a GET with a body": [{ method: "GET", body: {} }, /no body: pass its parameters in query/],
    "a body that is a string": [{ body: '{"a":1}' }, /must be an object for JSON/],
    "a body that is a list": [{ body: [1] }, /must be an object for JSON/],
    "a body that is null": [{ body: null }, /must be an object for JSON/],
    "a body of bytes": [{ body: new Uint8Array(3) }, /must be an object for JSON/],
    "a body of form parameters": [{ body: new URLSearchParams("a=1") }, /must be an object/],
    "a body that is a Map": [{ body: new Map([["a", 1]]) }, /must be an object for JSON/],
    "a body that becomes nothing": [{ body: { toJSON: () => undefined } }, /must be an object/],
    "a body that becomes a string": [{ body: { toJSON: () => "text" } }, /must be an object/],
    "a body that turns in a circle": [{ body: circular }, /contains itself/],
    "a body with a bigint": [{ body: { a: 1n } }, /cannot be written as JSON: it has a BigInt/],
    "half a character in a string": [{ body: { a: [half] } }, /half of a surrogate pair/],
    "half a character in a name": [{ body: { [half]: 1 } }, /half of a surrogate pair/],
    "half a character behind a backslash": [{ body: { a: "\\\udc00" } }, /half of a surr/],
    "half a character in the query": [{ query: { a: half } }, /half of a surrogate pair/],
    "half a character in a name of the query": [{ query: { [half]: "a" } }, /half of a surr/],
    "a token in the query": [{ query: { access_token: "T" } }, /access_token: the client adds it/],
    "a query value that is no number": [{ query: { a: Number.NaN } }, /query\.a must be/],
    "a query value that is null": [{ query: { a: null } }, /query\.a must be/],
    "a query value that is a list": [{ query: { a: ["b"] } }, /query\.a must be/],
    "a query that is a string": [{ query: "a=1" }, /query must be an object/],
    "a query of URLSearchParams": [{ query: new URLSearchParams("a=1") }, /query must be an obj/],
    "a path with a query": [{ path: "/cgi-bin/x?access_token=T" }, /path without a query/],
    "a path with a fragment": [{ path: "/cgi-bin/x#y" }, /path without a query/],
    "a whole URL": [{ path: "https://evil.example/cgi-bin/x" }, /path without a query/],
    "a path to another host": [{ path: "//evil.example/x" }, /path without a query/],
    "a path that climbs": [{ path: "/cgi-bin/../x" }, /path without a query/],
    "a path that ends climbing": [{ path: "/cgi-bin/.." }, /path without a query/],
    "a path that is encoded": [{ path: "/cgi-bin/%2e%2e/x" }, /path without a query/],
    "a path with a backslash": [{ path: "/cgi-bin\\x" }, /path without a query/],
    "a path with a line end": [{ path: "/cgi-bin/x\n" }, /path without a query/],
    "a path without its slash": [{ path: "cgi-bin/x" }, /path without a query/],
    "an empty path": [{ path: "" }, /path without a query/],
    "no path": [{ path: undefined }, /path without a query/],
  };
  for (const [what, [change, message]] of Object.entries(misuse)) {
    it(`refuses ${what}, and sends nothing`, async () => {
      const { mp, emulator } = mpInProcess();
      const error = await failure(mpRequest(mp, { method: "POST", path, ...change } as MpRequest));
      expect(error).toBeInstanceOf(TypeError);
      expect(error.message).toMatch(message);
      expect(emulator.control.journal.entries()).toEqual([]);
    });
  }
});

describe("a call is repeated", () => {
  const read: MpRequest = { method: "GET", path: "/cgi-bin/material/get_materialcount" };
  const readByPost: MpRequest = { method: "POST", path, body: list };
  const write: MpRequest = { method: "POST", path: "/cgi-bin/draft/switch", body: {} };

  it("where WeChat was asked too fast (45011), whatever it does", async () => {
    for (const call of [read, readByPost, write]) {
      const { mp, emulator, pauses } = mpInProcess();
      const match = { path: call.path };
      emulator.control.faults.add({ kind: "mp-error", errcode: 45011, match, times: 2 });
      await mpRequest(mp, call);
      expect(callsOf(emulator).api).toBe(3);
      expect(pauses.length).toBe(2);
    }
  });

  it("where WeChat was busy (-1) and it reads; where it writes, its outcome is unknown", async () => {
    for (const call of [read, readByPost]) {
      const { mp, emulator } = mpInProcess();
      const match = { path: call.path };
      emulator.control.faults.add({ kind: "mp-error", errcode: -1, match, times: 2 });
      await mpRequest(mp, call);
      expect(callsOf(emulator).api).toBe(3);
    }
    const writing = mpInProcess();
    const match = { path: write.path };
    writing.emulator.control.faults.add({ kind: "mp-error", errcode: -1, match });
    expect(await failure(mpRequest(writing.mp, write))).toMatchObject({
      name: "OutcomeUnknownError",
      code: "ERR_OUTCOME_UNKNOWN",
      step: "mpRequest",
      lookAt: "what /cgi-bin/draft/switch was to change",
      retryable: false,
      cause: expect.objectContaining({ errcode: -1 }),
      message: expect.stringMatching(/may have carried out mpRequest.*WeChat answered -1.*check/),
    });
    expect(callsOf(writing.emulator).api).toBe(1);
  });

  it("not once where retries are switched off", async () => {
    const { mp, emulator } = mpInProcess({ retry: false });
    emulator.control.faults.add({ kind: "mp-error", errcode: 45011, match: { path: read.path } });
    expect(await failure(mpRequest(mp, read))).toMatchObject({ errcode: 45011 });
    expect(callsOf(emulator).api).toBe(1);
  });

  it("with the token that it takes in between, and the tries counted on", async () => {
    const attempts: (readonly [number, number | undefined])[] = [];
    const { mp, emulator } = mpInProcess({
      onAttempt: ({ operation, attempt, errcode }) =>
        operation === "mpRequest" && attempts.push([attempt, errcode]),
    });
    const match = { path: read.path };
    for (const errcode of [-1, 40001, 45011]) {
      emulator.control.faults.add({ kind: "mp-error", errcode, match });
    }
    await mpRequest(mp, read);
    expect(attempts).toEqual([
      [1, -1],
      [2, 40001],
      [3, 45011],
      [4, undefined],
    ]);
  });
});

describe("a lost reply of what must not be done twice", () => {
  const losses = {
    "a connection cut before the request came": { kind: "cut", at: "request" },
    "a connection cut before the reply": { kind: "cut", at: "before" },
    "a connection cut after the headers": { kind: "cut", at: "headers" },
    "a connection cut within the reply": { kind: "cut", at: "body" },
    "no reply in time": { kind: "delay", ms: 60_000 },
    "-1": { kind: "mp-error", errcode: -1 },
    "a gateway's 502": { kind: "html", status: 502 },
    "a gateway's 403": { kind: "html", status: 403 },
    "an empty 412": { kind: "status", status: 412 },
    "no id": { kind: "reply-json", body: { errcode: 0, media_id: null } },
    "a captive portal's 200": { kind: "html", status: 200 },
    "an empty reply": { kind: "empty" },
    "half a reply": { kind: "truncated" },
  } as const;
  /** What is not repeated even with the caller's consent: a second request would be answered alike. */
  const ONE_TRY = [
    ...["a captive portal's 200", "an empty reply", "half a reply"],
    ...["a gateway's 403", "an empty 412", "no id"],
  ];
  for (const [what, fault] of Object.entries(losses)) {
    it(`is an unknown outcome, not repeated unless the caller says so: ${what}`, async () => {
      const match = { path: "/cgi-bin/material/add_material" };
      const file = await media("licence.jpg");
      const timeout = what === "no reply in time" ? 300 : 20_000;
      const { mp, emulator } = mpInProcess({ timeout });
      emulator.control.faults.add({ ...fault, match });
      const error = await failure(addMaterial(mp, { type: "image" }, file));
      expect(error).toMatchObject({
        code: "ERR_OUTCOME_UNKNOWN",
        step: "addMaterial",
        lookAt: expect.stringContaining("listMaterial"),
        cause: expect.objectContaining({ name: expect.stringMatching(/Error$/) }),
      });
      expect(callsOf(emulator).api).toBe(1);
      if (ONE_TRY.includes(what)) return;
      emulator.control.faults.add({ ...fault, match });
      await addMaterial(mp, { type: "image" }, file, { retryUnknown: true });
      expect(callsOf(emulator).api).toBe(3);
    });
  }

  it("is no unknown outcome where WeChat has clearly refused, whatever the status", async () => {
    const file = await media("licence.jpg");
    for (const [fault, error] of [
      [{ kind: "mp-error", errcode: 45009 }, { errcode: 45009 }],
      [{ kind: "mp-error", errcode: 48001 }, { errcode: 48001 }],
    ] as const) {
      const { mp, emulator } = mpInProcess();
      const match = { path: "/cgi-bin/material/add_material" };
      emulator.control.faults.add({ ...fault, match });
      const upload = addMaterial(mp, { type: "image" }, file);
      expect(await failure(upload)).toMatchObject(error);
      expect(callsOf(emulator).api).toBe(1);
    }
  });
});
