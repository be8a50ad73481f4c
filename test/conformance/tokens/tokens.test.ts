import { createMpClient } from "@wechat-edge/core";
import { describe, expect, it } from "vitest";
import { callsOf, countMaterial, mpInProcess, mpOverHttp } from "../../support/mp.ts";

describe("a token", () => {
  it("[publish.88] is taken with the first call, and serves all that follow", async () => {
    const { mp, emulator, used } = mpInProcess();
    expect(emulator.control.journal.entries()).toEqual([]);
    for (let i = 0; i < 3; i++) await countMaterial(mp);
    expect(callsOf(emulator)).toEqual({ plain: 0, stable: 1, forced: 0, api: 3 });
    expect(new Set(used).size).toBe(1);
  });

  it("goes out encoded, whatever its characters", async () => {
    const token = "a+b/c=d&e%20f#g?h'i\"j\\k|l~m)n(o*p!q<r>s`t{u}v";
    const { mp, used } = mpInProcess({ getAccessToken: () => token, retry: false });
    await countMaterial(mp).catch(() => undefined);
    expect(used[0]).toBe(token);
  });
});

describe("ten callers without a token", () => {
  const ten = (call: () => Promise<unknown>) =>
    Promise.all(Array.from({ length: 10 }, () => call()));

  it("cost one token call, in this process", async () => {
    for (const token of ["stable", "plain"] as const) {
      const { mp, emulator, used } = mpInProcess({ token });
      await ten(() => countMaterial(mp));
      expect(callsOf(emulator)).toMatchObject({ [token]: 1, api: 10 });
      expect(new Set(used).size).toBe(1);
    }
  });

  it("cost one token call, over HTTP", async () => {
    const operations: string[] = [];
    const mp = mpOverHttp({ onAttempt: ({ operation }) => operations.push(operation) });
    const replies = await ten(() => countMaterial(mp));
    expect(replies.length).toBe(10);
    expect(operations.filter((name) => name === "getStableAccessToken").length).toBe(1);
    expect(operations.filter((name) => name === "mpRequest").length).toBe(10);
  });

  it("are not hurt by the one who began and gave up", async () => {
    const reason = new Error("no longer wanted");
    const controller = new AbortController();
    const { mp, emulator } = mpInProcess();
    const calls = Array.from({ length: 10 }, (_, i) =>
      countMaterial(mp, i === 0 ? { signal: controller.signal } : {}),
    );
    controller.abort(reason);
    const outcomes = await Promise.allSettled(calls);
    expect(outcomes[0]).toEqual({ status: "rejected", reason });
    expect(outcomes.slice(1).map(({ status }) => status)).toEqual(
      Array.from({ length: 9 }, () => "fulfilled"),
    );
    expect(callsOf(emulator)).toMatchObject({ stable: 1, api: 9 });
  });

  it("of two accounts cost one token call each, and no token is mixed up", async () => {
    const appid = "wx0000000000000002";
    const { mp, emulator } = mpInProcess({}, { accounts: [{ appid, secret: "other" }] });
    const other = createMpClient({ appid, secret: "other", fetch: emulator.fetch });
    await Promise.all([ten(() => countMaterial(mp)), ten(() => countMaterial(other))]);
    const { tokens, journal } = emulator.control;
    expect([tokens.calls(mp.appid).stable, tokens.calls(appid).stable]).toEqual([1, 1]);
    const calls = journal.entries().filter(({ path }) => path.includes("count"));
    expect(calls.filter((entry) => entry.appid === appid).length).toBe(10);
    expect(calls.every(({ code }) => code === undefined)).toBe(true);
  });
});

describe("createMpClient", () => {
  it("takes the address of a proxy with its path", async () => {
    const urls: string[] = [];
    const { emulator } = mpInProcess();
    const { mp } = mpInProcess({
      baseUrl: "https://gateway.example/wechat/",
      fetch: (input, init) => {
        urls.push(input);
        return emulator.fetch(input.replace("/wechat/", "/"), init);
      },
    });
    await countMaterial(mp);
    expect(urls.map((url) => url.split("?")[0])).toEqual([
      "https://gateway.example/wechat/cgi-bin/stable_token",
      "https://gateway.example/wechat/cgi-bin/material/get_materialcount",
    ]);
  });
});
