// What WeChat, or something else in its place, may answer, and what is made of it.

import { mpRequest } from "@wechat-edge/core";
import { describe, expect, it } from "vitest";
import { callsOf, countMaterial, failure, mpInProcess, mpScripted } from "../../support/mp.ts";

const text = (body: string | Uint8Array<ArrayBuffer>, status = 200, type = "text/plain") =>
  new Response(body, { status, headers: { "content-type": type } });

describe("a reply is WeChat's error", () => {
  const endpoint = "/cgi-bin/material/get_materialcount";
  const tail = "hint: [TBkgwa0494d106] rid: 6584fd9e-56fbbc7e-310e0214";
  const rid = "6584fd9e-56fbbc7e-310e0214";

  it("[publish.87] in a message of one sentence for the cause and one for what to do", async () => {
    const { mp } = mpScripted([
      { errcode: 45009, errmsg: `reach max api daily quota limit ${tail}` },
    ]);
    const { message } = await failure(countMaterial(mp));
    expect(message).toMatch(
      new RegExp(
        `^WeChat answered 45009 to ${endpoint}: reach max api daily quota limit \\(rid ${rid}\\)\\. Today's quota for this call is used up: wait until tomorrow`,
      ),
    );
    expect(message).not.toContain("hint");
  });

  it("also for a string of a million blanks", async () => {
    const errmsg = `x${" ,".repeat(250_000)}hint: [${"hint: [".repeat(60_000)}x`;
    const { mp } = mpScripted([{ errcode: 1, errmsg }]);
    expect(await failure(countMaterial(mp))).toMatchObject({ errmsg });
  });
});

describe("a reply that is almost JSON", () => {
  it("is read as the parser of the runtime reads it, if it is JSON", async () => {
    const whole = { a: '\t"\\/\u2028中😀', "b\n": [true, null, -1.5e-7, { "": [] }], c: "\ud83d" };
    for (const space of [0, 2]) {
      const { mp } = mpScripted([text(JSON.stringify(whole, null, space))]);
      expect(await countMaterial(mp)).toEqual(whole);
    }
  });

  it("with 200,000 control characters", async () => {
    const { mp } = mpScripted([text(`{"a":"${"\u0001".repeat(200_000)}"}`)]);
    expect((await countMaterial(mp))["a"]).toHaveLength(200_000);
  });
});

describe("a reply is no reply of WeChat's API", () => {
  it("and JSON of up to 1 MiB is one", async () => {
    const body = JSON.stringify({ a: "x".repeat(1024 * 1024 - 8) });
    expect(body.length).toBe(1024 * 1024);
    const { mp } = mpScripted([text(body)]);
    expect((await countMaterial(mp))["a"]).toHaveLength(1024 * 1024 - 8);
  });
});

describe("Retry-After", () => {
  it("is waited for, in seconds or until a date", async () => {
    const now = Date.UTC(2026, 10, 22, 8, 0, 0);
    for (const retryAfter of [7, new Date(now + 7000).toUTCString()]) {
      const { mp, emulator, pauses } = mpInProcess({}, { now: () => now });
      const match = { path: "/cgi-bin/material/*" };
      emulator.control.faults.add({ kind: "status", status: 503, retryAfter, match });
      await countMaterial(mp);
      expect(pauses).toEqual([7000]);
      expect(callsOf(emulator).api).toBe(2);
    }
  });
});

describe("the network", () => {
  it("that fails for a while is tried again, then a NetworkError", async () => {
    const lost = new TypeError("fetch failed", { cause: new Error("ECONNRESET") });
    const { mp, calls } = mpScripted([lost, lost, { a: 1 }]);
    expect(await countMaterial(mp)).toEqual({ a: 1 });
    expect(calls.length).toBe(3);
    const down = mpScripted([lost]);
    expect(await failure(countMaterial(down.mp))).toMatchObject({
      name: "NetworkError",
      message: expect.stringContaining("fetch failed: ECONNRESET"),
    });
    expect(down.calls.length).toBe(3);
  });

  it("that fails is not taken for a redirect because the URL speaks of one", async () => {
    const url = "https://api.weixin.qq.com/x?redirect_uri=1";
    const { mp } = mpScripted([new TypeError(`error sending request for url (${url})`)]);
    const query = { redirect_uri: 1 };
    const path = "/cgi-bin/x";
    expect(await failure(mpRequest(mp, { method: "GET", path, query }))).toMatchObject({
      code: "ERR_NETWORK",
    });
  });

  it("that does not answer in time is a TimeoutError, for each of three tries", async () => {
    const { mp, calls } = mpScripted([() => new Promise(() => undefined)], { timeout: 15 });
    expect(await failure(countMaterial(mp))).toMatchObject({
      name: "TimeoutError",
      message: expect.stringContaining("15 ms"),
    });
    expect(calls.length).toBe(3);
  });

  it("that never ends its reply is a TimeoutError", async () => {
    const { mp } = mpScripted(
      [async () => new Response(new ReadableStream({ pull: () => new Promise(() => undefined) }))],
      { timeout: 15, retry: false },
    );
    expect(await failure(countMaterial(mp))).toMatchObject({ code: "ERR_TIMEOUT" });
  });
});
