// Requests of one Worker share its client and its token. In workerd, work that belongs to a request
// that has ended never settles, so no other request may wait for it.

import { fileURLToPath } from "node:url";
import { startEmulator } from "@wechat-edge/emulator/node";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type RunningWorker, startWorker } from "../support/worker.ts";

describe("a Worker with one client of an Official Account", () => {
  let emulator: Awaited<ReturnType<typeof startEmulator>>;
  let worker: RunningWorker;
  let origin: string;
  let clients = 0;

  beforeAll(async () => {
    emulator = await startEmulator({ port: 0 });
    const { appid, secret } = emulator.control.credentials.mp;
    const secrets = { APPID: appid, SECRET: secret, ORIGIN: emulator.baseUrl };
    const config = fileURLToPath(new URL("worker/mp/wrangler.jsonc", import.meta.url));
    worker = await startWorker({ config }, secrets);
    ({ origin } = worker);
  }, 60_000);
  afterAll(async () => {
    await worker.dispose();
    await emulator.close();
  });
  beforeEach(() => {
    emulator.control.reset();
    clients += 1;
  });

  /** The client of this test, which has no token yet. */
  const url = (path: string): string => `${origin}${path}?client=${clients}`;
  const patient = () => AbortSignal.timeout(40_000);
  const slowTokens = (ms: number, times: number) => {
    const match = { path: "/cgi-bin/stable_token" };
    emulator.control.faults.add({ kind: "delay", ms, match, times });
  };
  const count = () => {
    const entries = emulator.control.journal.entries();
    const tokens = entries.filter(({ path }) => path === "/cgi-bin/stable_token").length;
    const { appid } = emulator.control.credentials.mp;
    return {
      tokens,
      kinds: emulator.control.tokens.list(appid).length,
      calls: entries.length - tokens,
    };
  };

  it("takes one token for ten cold calls of one request", async () => {
    const reply = await fetch(url("/ten"), { signal: patient() });
    expect(((await reply.json()) as object[]).length).toBe(10);
    expect(count()).toEqual({ tokens: 1, kinds: 1, calls: 10 });
  });

  it("serves ten cold requests at once with one token", async () => {
    slowTokens(200, 0);
    const replies = await Promise.all(
      Array.from({ length: 10 }, () => fetch(url("/"), { signal: patient() })),
    );
    expect(replies.map(({ status }) => status)).toEqual(Array.from(replies, () => 200));
    const { tokens, kinds, calls } = count();
    expect([kinds, calls]).toEqual([1, 10]);
    expect(tokens).toBeLessThanOrEqual(10);
  });

  for (const [what, tokenMs] of [
    ["a quick token call", 300],
    ["a token call slower than its patience", 2500],
  ] as const) {
    it(`serves nine requests though the first of ten is aborted during ${what}`, async () => {
      slowTokens(tokenMs, 0);
      const controller = new AbortController();
      const reason = new Error("gone");
      const first = fetch(url("/"), { signal: controller.signal });
      while (count().tokens === 0) await new Promise((resolve) => setTimeout(resolve, 5));
      const others = Array.from({ length: 9 }, () => fetch(url("/"), { signal: patient() }));
      controller.abort(reason);
      await expect(first).rejects.toBe(reason);
      const replies = await Promise.all(others);
      expect(replies.map(({ status }) => status)).toEqual(Array.from(replies, () => 200));
      const { tokens, kinds } = count();
      expect(kinds).toBe(1);
      expect(tokens).toBeLessThanOrEqual(10);
    }, 60_000);
  }

  it("serves nine requests though the first ended with its token call under way", async () => {
    slowTokens(500, 1);
    expect(await (await fetch(url("/leave"))).text()).toBe("left");
    const replies = await Promise.all(
      Array.from({ length: 9 }, () => fetch(url("/"), { signal: patient() })),
    );
    expect(replies.map(({ status }) => status)).toEqual(Array.from(replies, () => 200));
    const { tokens, kinds } = count();
    expect(kinds).toBe(1);
    expect(tokens).toBeLessThanOrEqual(10);
    expect((await fetch(url("/"))).status).toBe(200);
    expect(count().tokens).toBe(tokens);
  }, 60_000);

  it("replaces a killed token once for ten requests at once", async () => {
    await fetch(url("/"));
    emulator.control.tokens.kill(emulator.control.credentials.mp.appid, { replace: true });
    const replies = await Promise.all(
      Array.from({ length: 10 }, () => fetch(url("/"), { signal: patient() })),
    );
    expect(replies.map(({ status }) => status)).toEqual(Array.from(replies, () => 200));
    const { tokens, kinds } = count();
    expect(kinds).toBe(2);
    expect(tokens).toBeLessThanOrEqual(11);
  });

  /** A request whose upload takes longer than others wait without a heartbeat. */
  const slowUpload = async (path: string): Promise<Response> => {
    const upload = { path: "/cgi-bin/media/upload" };
    emulator.control.faults.add({ kind: "delay", ms: 3500, match: upload, times: 1 });
    // Get its token first, so that only the upload takes long.
    await fetch(url("/"), { signal: patient() });
    return fetch(url(path), { signal: patient() });
  };
  const uploads = () =>
    emulator.control.journal.entries().filter(({ path }) => path === "/cgi-bin/media/upload");
  const mediaId = async (reply: Response): Promise<string> =>
    ((await reply.json()) as { media_id: string }[])[0]?.media_id ?? "";

  it("uploads kept media once for requests that come while a live one takes its time", async () => {
    const first = slowUpload("/keep");
    while (uploads().length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    const others = Array.from({ length: 3 }, () => fetch(url("/keep"), { signal: patient() }));
    const ids = await Promise.all((await Promise.all([first, ...others])).map(mediaId));
    expect(new Set(ids).size).toBe(1);
    expect(ids[0]?.length).toBe(64);
    expect(uploads().length).toBe(1);
  }, 60_000);

  it("uploads kept media once more where the first request ended with its upload under way", async () => {
    expect(await (await slowUpload("/keep/leave")).text()).toBe("left");
    expect(uploads().length).toBe(1);
    const replies = await Promise.all(
      Array.from({ length: 3 }, () => fetch(url("/keep"), { signal: patient() })),
    );
    const ids = await Promise.all(replies.map(mediaId));
    expect(new Set(ids).size).toBe(1);
    expect(uploads().length).toBe(2);
  }, 60_000);

  it("keeps its token in KV for the next isolate, which asks for none", async () => {
    expect((await fetch(`${url("/")}a&kv`)).status).toBe(200);
    expect((await fetch(`${url("/")}b&kv`)).status).toBe(200);
    expect(count()).toEqual({ tokens: 1, kinds: 1, calls: 2 });
  });
});
