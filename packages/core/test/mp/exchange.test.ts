import { describe, expect, it, onTestFinished, vi } from "vitest";
import { failure } from "../../../../test/support/mp.ts";
import { bytesBody, streamBody } from "../../src/http/request-body.ts";
import { createMpClient } from "../../src/index.ts";
import { mpExchange } from "../../src/mp/exchange.ts";
import { onlyOnce } from "../../src/mp/once.ts";

const CALL = { operation: "addDraft", method: "POST", path: "/cgi-bin/draft/add" };
const once = onlyOnce({ lookAt: "the drafts", ids: ["media_id"] });

/** A client to which WeChat answers what it is told to, and what it was asked. */
function answered(...replies: readonly object[]) {
  const asked: string[] = [];
  const mp = createMpClient({
    appid: "wx1",
    getAccessToken: ({ rejected }) => {
      asked.push("token");
      return rejected === undefined ? "T1" : "T2";
    },
    sleep: async () => undefined,
    fetch: async (url) => {
      asked.push(new URL(url).searchParams.get("access_token") ?? "");
      return Response.json(replies[asked.filter((one) => one !== "token").length - 1]);
    },
  });
  return { mp, asked };
}

describe("a call that must not be made twice", () => {
  it("has an unknown outcome where a reply came that shows no result", async () => {
    const { mp, asked } = answered({ errcode: 0 });
    const error = await failure(mpExchange(mp, CALL, { once }));
    expect(error).toMatchObject({ code: "ERR_OUTCOME_UNKNOWN", step: "addDraft" });
    expect(asked).toEqual(["token", "T1"]);
  });

  it("has an unknown outcome where anything fails after the reply", async () => {
    let sent = 0;
    const mp = createMpClient({
      appid: "wx1",
      getAccessToken: () => "T",
      now: () => (sent === 0 ? Date.now() : Number.NaN),
      fetch: async () => {
        sent += 1;
        return Response.json({ media_id: "m" });
      },
    });
    const error = await failure(mpExchange(mp, CALL, { once }));
    expect(error).toMatchObject({ code: "ERR_OUTCOME_UNKNOWN", cause: { name: "TypeError" } });
    expect(await failure(mpExchange(mp, CALL, {}))).toBeInstanceOf(TypeError);
  });

  it("has a known one where WeChat refuses it, or nothing was sent", async () => {
    const { mp } = answered({ errcode: 40007, errmsg: "invalid media_id" });
    expect(await failure(mpExchange(mp, CALL, { once }))).toMatchObject({ code: "ERR_MP_API" });
    const broken = answered();
    const misuse = new TypeError("mine");
    const body = { ...bytesBody([]), open: () => Promise.reject(misuse) };
    const error = await failure(mpExchange(broken.mp, { ...CALL, body }, { once }));
    expect(error).toBe(misuse);
  });

  it("is any other where the caller repeats it nevertheless", async () => {
    const { mp } = answered({ errcode: 0 });
    expect(await mpExchange(mp, CALL, { once, retryUnknown: true })).toEqual({ errcode: 0 });
  });
});

describe("a token that WeChat refuses", () => {
  const REFUSED = { errcode: 40001, errmsg: "invalid credential" };

  it("is replaced for a body that can be sent again", async () => {
    const { mp, asked } = answered(REFUSED, { media_id: "m" });
    const body = bytesBody([new Uint8Array(3)]);
    expect(await mpExchange(mp, { ...CALL, body }, { once })).toEqual({ media_id: "m" });
    expect(asked).toEqual(["token", "T1", "token", "T2"]);
  });

  it("is replaced for the next call where the body was a stream", async () => {
    const { mp, asked } = answered(REFUSED, { media_id: "m" });
    const body = streamBody(3, (write) => write(new Uint8Array(3)));
    const error = await failure(mpExchange(mp, { ...CALL, body }, { once }));
    expect(error.message).toMatch(
      / The token was replaced, but a stream can be sent only once: call again with the file\.$/,
    );
    expect(asked).toEqual(["token", "T1", "token"]);
  });
});

it("a query that is malformed costs no token", async () => {
  const { mp, asked } = answered({});
  const query = { a: Number.NaN };
  expect(await failure(mpExchange(mp, { ...CALL, query }, {}))).toBeInstanceOf(TypeError);
  expect(asked).toEqual([]);
});

it.each([true, false])(
  "a call whose length a proxy misses is made again unless it must not be made twice: %s",
  async (isOnce) => {
    vi.resetModules(); // what was found out about fetch
    let sent = 0;
    vi.stubGlobal("fetch", async () => {
      sent += 1;
      return sent === 1 ? new Response(null, { status: 411 }) : Response.json({ media_id: "m" });
    });
    onTestFinished(() => {
      vi.unstubAllGlobals();
      vi.resetModules(); // files of tests share their modules
    });
    const { mpExchange: exchange } = await import("../../src/mp/exchange.ts");
    const { bytesBody } = await import("../../src/http/request-body.ts");
    const { createMpClient } = await import("../../src/index.ts");
    const { onlyOnce } = await import("../../src/mp/once.ts");
    const mp = createMpClient({ appid: "wx1", getAccessToken: () => "T", retry: false });
    const body = { ...bytesBody([new Uint8Array(100_000)]), repeatable: true };
    const once = onlyOnce({ lookAt: "the drafts", ids: ["media_id"] });
    const end = await exchange(mp, { ...CALL, body }, isOnce ? { once } : {}).catch(
      (error: unknown) => error,
    );
    expect(sent).toBe(isOnce ? 1 : 2);
    expect(end).toMatchObject(isOnce ? { code: "ERR_OUTCOME_UNKNOWN" } : { media_id: "m" });
  },
);
