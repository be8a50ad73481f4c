import { type MpRequest, mpRequest } from "@wechat-edge/core";
import { uploadMedia } from "@wechat-edge/mp-media";
import { describe, expect, it } from "vitest";
import { media, renamed } from "../../support/media.ts";
import {
  callsOf,
  countMaterial,
  failure,
  mpInProcess,
  mpOverHttp,
  mpScripted,
} from "../../support/mp.ts";

const path = "/cgi-bin/material/batchget_material";
const list = { type: "image", offset: 0, count: 20 };

describe("mpRequest", () => {
  it("makes any call, over HTTP", async () => {
    const reply = await mpRequest(mpOverHttp(), { method: "POST", path, body: list });
    expect(reply).toMatchObject({ item: expect.any(Array) });
  });

  it("[publish.96] sends JSON as raw UTF-8, under its type, and no more than the body", async () => {
    const { mp, calls } = mpScripted([{ errcode: 0 }]);
    const title = "标题 Ω é 🎉 \u2028 \u007f </script> 'ab' \\ud800";
    await mpRequest(mp, { method: "POST", path, body: { articles: [{ title, 备注: null }] } });
    const [call] = calls;
    expect(call?.body).toBe(
      `{"articles":[{"title":"标题 Ω é 🎉 \u2028 \u007f </script> 'ab' \\\\ud800","备注":null}]}`,
    );
    expect(call?.headers.get("content-type")).toBe("application/json");
    expect(call?.method).toBe("POST");
  });

  it("sends the body's length, and never in chunks, over HTTP", async () => {
    const { mp, emulator } = mpInProcess();
    await mpRequest(mp, { method: "POST", path, body: list });
    const [entry] = emulator.control.journal.entries().slice(-1);
    expect(entry?.headers["content-type"]).toBe("application/json");
    // Over a wire a chunked body is answered 412.
    await mpRequest(mpOverHttp(), {
      method: "POST",
      path,
      body: { ...list, title: "中".repeat(999) },
    });
  });

  it("sends neither body nor type for a request without a body", async () => {
    const { mp, calls } = mpScripted([{ errcode: 0 }]);
    await mpRequest(mp, { method: "GET", path });
    await mpRequest(mp, { method: "POST", path });
    expect(calls.map(({ body, headers }) => [body, headers.get("content-type")])).toEqual([
      ["", null],
      ["", null],
    ]);
  });

  it("sends an object without a prototype, and what toJSON makes an object", async () => {
    const { mp, calls } = mpScripted([{ errcode: 0 }]);
    const bare = Object.assign(Object.create(null) as object, { a: 1 });
    await mpRequest(mp, { method: "POST", path, body: bare });
    await mpRequest(mp, { method: "POST", path, body: { toJSON: () => ({ b: 2 }) } });
    expect(calls.map(({ body }) => body)).toEqual(['{"a":1}', '{"b":2}']);
  });

  it("encodes the query once, leaves out what is undefined, and adds the token", async () => {
    const { mp, calls } = mpScripted([{ errcode: 0 }]);
    const query = { "a&b": "1 + 1 = 2 & 'so' on/中文%20#x?y", n: 7, yes: true, none: undefined };
    await mpRequest(mp, { method: "GET", path, query });
    const url = new URL(calls[0]?.url ?? "");
    expect(Object.fromEntries(url.searchParams)).toEqual({
      access_token: "TOKEN",
      "a&b": "1 + 1 = 2 & 'so' on/中文%20#x?y",
      n: "7",
      yes: "true",
    });
    expect(url.searchParams.size).toBe(4);
    expect(url.hash).toBe("");
    expect(url.pathname).toBe(path);
  });
});

describe("a call is repeated", () => {
  const read: MpRequest = { method: "GET", path: "/cgi-bin/material/get_materialcount" };
  const readByPost: MpRequest = { method: "POST", path, body: list };
  const checkSwitch: MpRequest = {
    method: "POST",
    path: "/cgi-bin/draft/switch",
    query: { checkonly: 1 },
    body: {},
  };
  const write: MpRequest = { method: "POST", path: "/cgi-bin/draft/switch", body: {} };

  it("after a lost reply where it reads, or is said to be harmless, and else not", async () => {
    for (const [call, options, requests, code] of [
      [read, {}, 3, "ERR_NETWORK"],
      [readByPost, {}, 3, "ERR_NETWORK"],
      [checkSwitch, {}, 3, "ERR_NETWORK"],
      [read, { retryUnknown: false }, 1, "ERR_OUTCOME_UNKNOWN"],
      [readByPost, { retryUnknown: false }, 1, "ERR_OUTCOME_UNKNOWN"],
      [write, {}, 1, "ERR_OUTCOME_UNKNOWN"],
      [write, { retryUnknown: true }, 3, "ERR_NETWORK"],
    ] as const) {
      const { mp, emulator } = mpInProcess();
      const match = { path: call.path };
      emulator.control.faults.add({ kind: "cut", at: "before", times: 0, match });
      expect(await failure(mpRequest(mp, call, options))).toMatchObject({ code });
      expect(callsOf(emulator)).toMatchObject({ stable: 1, api: requests });
    }
  });

  it("in the three tries that are the default, after pauses that grow", async () => {
    const { mp, emulator, pauses } = mpInProcess({
      retry: { attempts: 4, minDelay: 100, maxDelay: 250 },
    });
    const match = { path: read.path };
    emulator.control.faults.add({ kind: "mp-error", errcode: -1, match, times: 0 });
    expect(await failure(mpRequest(mp, read))).toMatchObject({ errcode: -1 });
    expect(callsOf(emulator).api).toBe(4);
    for (const [i, most] of [100, 200, 250].entries()) {
      expect(pauses[i]).toBeGreaterThanOrEqual(most / 2);
      expect(pauses[i]).toBeLessThanOrEqual(most);
    }
  });
});

describe("a call that is aborted rejects with the signal's own reason", () => {
  const reason = { why: "no longer wanted" };

  it("before it begins: nothing is sent", async () => {
    const { mp, emulator } = mpInProcess();
    const signal = AbortSignal.abort(reason);
    expect(await failure(countMaterial(mp, { signal }))).toBe(reason);
    let asked = 0;
    const { mp: provided } = mpScripted([{}], { getAccessToken: () => `T${asked++}` });
    expect(await failure(countMaterial(provided, { signal }))).toBe(reason);
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(asked).toBe(0);
    expect(emulator.control.journal.entries()).toEqual([]);
  });

  it("while the store is asked", async () => {
    const controller = new AbortController();
    const { mp, emulator } = mpInProcess({
      tokenStore: {
        get: () => {
          controller.abort(reason);
          return new Promise(() => undefined);
        },
        set: () => undefined,
      },
    });
    expect(await failure(countMaterial(mp, { signal: controller.signal }))).toBe(reason);
    expect(emulator.control.journal.entries()).toEqual([]);
  });

  it("while the token is fetched, which is not lost", async () => {
    const controller = new AbortController();
    const { emulator } = mpInProcess();
    const { mp } = mpInProcess({
      fetch: (input, init) => {
        controller.abort(reason);
        expect(init?.signal?.aborted).toBe(false);
        return emulator.fetch(input, init);
      },
    });
    expect(await failure(countMaterial(mp, { signal: controller.signal }))).toBe(reason);
    await countMaterial(mp);
    expect(callsOf(emulator)).toMatchObject({ stable: 1, api: 1 });
  });

  it("while a refused token is replaced", async () => {
    const controller = new AbortController();
    const { emulator } = mpInProcess();
    let tokenCalls = 0;
    let release = (): void => undefined;
    const { mp } = mpInProcess({
      fetch: async (input, init) => {
        if (input.includes("stable_token") && ++tokenCalls === 2) {
          controller.abort(reason);
          await new Promise<void>((resolve) => {
            release = resolve;
          });
        }
        return emulator.fetch(input, init);
      },
    });
    await countMaterial(mp);
    emulator.control.tokens.kill(mp.appid, { replace: true });
    expect(await failure(countMaterial(mp, { signal: controller.signal }))).toBe(reason);
    release();
    await countMaterial(mp);
    expect(callsOf(emulator)).toMatchObject({ stable: 2, api: 3 });
  });

  it("while it is sent, even where the fetch it was given does not listen", async () => {
    for (const body of [undefined, { a: 1 }]) {
      const controller = new AbortController();
      const { mp, calls } = mpScripted([
        () => {
          controller.abort(reason);
          return new Promise(() => undefined);
        },
      ]);
      const call = { method: body ? "POST" : "GET", path, body };
      const error = await failure(mpRequest(mp, call, { signal: controller.signal }));
      expect(error).toBe(reason); // an abort is no unknown outcome
      expect(calls.length).toBe(1);
    }
  });

  it("while the reply is read", async () => {
    const controller = new AbortController();
    const { mp } = mpScripted([
      async () =>
        new Response(
          new ReadableStream({
            start: (stream) => stream.enqueue(new TextEncoder().encode('{"errcode":')),
            pull: () => controller.abort(reason),
          }),
        ),
    ]);
    expect(await failure(countMaterial(mp, { signal: controller.signal }))).toBe(reason);
  });

  it("during the pause before the next try", async () => {
    const controller = new AbortController();
    const { mp, calls } = mpScripted([{ errcode: -1, errmsg: "system error" }], {
      sleep: undefined,
      retry: { minDelay: 60_000, maxDelay: 60_000 },
      onAttempt: () => {
        setTimeout(() => controller.abort(reason), 10);
      },
    });
    expect(await failure(countMaterial(mp, { signal: controller.signal }))).toBe(reason);
    expect(calls.length).toBe(1);
  });

  it("while it is sent, over HTTP", async () => {
    const controller = new AbortController();
    const file = renamed(await media("licence.jpg"), "slow.jpg");
    const upload = uploadMedia(mpOverHttp(), { type: "image" }, file, {
      signal: controller.signal,
      onProgress: ({ phase }) => {
        if (phase === "upload") setTimeout(() => controller.abort(reason), 50);
      },
    });
    expect(await failure(upload)).toBe(reason);
  });

  it("but not afterwards, and the signal is let go of", async () => {
    const controller = new AbortController();
    let listeners = 0;
    const { signal } = controller;
    const add = signal.addEventListener.bind(signal);
    const remove = signal.removeEventListener.bind(signal);
    signal.addEventListener = (...given: Parameters<typeof add>) => {
      listeners += 1;
      add(...given);
    };
    signal.removeEventListener = (...given: Parameters<typeof remove>) => {
      listeners -= 1;
      remove(...given);
    };
    const { mp } = mpInProcess();
    const reply = await countMaterial(mp, { signal });
    expect(listeners).toBe(0);
    controller.abort(reason);
    expect(reply["image_count"]).toBe(0);
  });
});
