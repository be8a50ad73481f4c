import { createMpClient } from "@wechat-edge/core";
import { credentials } from "@wechat-edge/emulator";
import { describe, expect, it } from "vitest";
import { callsOf, countMaterial, mpInProcess } from "../../../../../test/support/mp.ts";

const start = Date.UTC(2026, 10, 22, 8, 0, 0);
/** The emulator's clock stands still unless it is moved. */
const still = { now: () => start };
const stableToken = { path: "/cgi-bin/stable_token" };

describe("a token", () => {
  it("[publish.91] is of the stable kind, asked for by POST, unless the plain one is wanted", async () => {
    const stable = mpInProcess();
    await countMaterial(stable.mp);
    const plain = mpInProcess({ token: "plain" });
    await countMaterial(plain.mp);
    const asked = [stable, plain].map(({ emulator: { control } }) => {
      const [entry] = control.journal.entries();
      return [entry?.method, entry?.path, control.tokens.list(credentials.mp.appid)[0]?.kind];
    });
    expect(asked).toEqual([
      ["POST", "/cgi-bin/stable_token", "stable"],
      ["GET", "/cgi-bin/token", "plain"],
    ]);
    expect(callsOf(plain.emulator)).toEqual({ plain: 1, stable: 0, forced: 0, api: 1 });
  });

  for (const tokenLength of [512, 2048]) {
    it(`[publish.89] may have ${tokenLength} characters`, async () => {
      for (const token of ["stable", "plain"] as const) {
        const { mp, used } = mpInProcess({ token }, { tokenLength });
        await countMaterial(mp);
        expect(used.map(({ length }) => length)).toEqual([tokenLength]);
      }
    });
  }

  for (const token of ["stable", "plain"] as const) {
    it(`[publish.90] of the ${token} kind is replaced when 240 seconds are left, and not before`, async () => {
      const { mp, emulator, used } = mpInProcess({ token }, still);
      await countMaterial(mp);
      emulator.control.clock.advance(6960_000 - 1);
      await countMaterial(mp);
      expect(callsOf(emulator)[token]).toBe(1);
      emulator.control.clock.advance(1);
      await countMaterial(mp);
      expect(callsOf(emulator)).toMatchObject({ [token]: 2, api: 3 });
      expect(used[0]).toBe(used[1]);
      expect(used[2]).not.toBe(used[0]);
    });
  }

  it("that another process took is used as long as WeChat says that it lives", async () => {
    const { mp, emulator, used } = mpInProcess({}, still);
    await countMaterial(mp);
    emulator.control.clock.advance(5000_000);
    const other = createMpClient({
      ...credentials.mp,
      fetch: emulator.fetch,
      now: emulator.control.clock.now,
    });
    await countMaterial(other); // it has 2200 seconds left
    emulator.control.clock.advance(1960_000);
    await countMaterial(other);
    expect(callsOf(emulator).stable).toBe(3);
    await countMaterial(mp);
    expect(used[1]).not.toBe(used[0]);
  });

  it("is taken anew when a clock that was far ahead has been set right", async () => {
    const { mp, emulator } = mpInProcess({}, still);
    const { clock } = emulator.control;
    clock.advance(365 * 86_400_000);
    await countMaterial(mp);
    clock.set(start);
    await countMaterial(mp);
    await countMaterial(mp);
    expect(callsOf(emulator)).toMatchObject({ stable: 2, api: 3 });
  });

  it("stays when a clock is set back by a minute", async () => {
    const { mp, emulator } = mpInProcess({}, still);
    await countMaterial(mp);
    emulator.control.clock.advance(-60_000);
    await countMaterial(mp);
    expect(callsOf(emulator).stable).toBe(1);
  });
});

describe("an expires_in", () => {
  /** A client whose tokens come with another expires_in than 7200. */
  function withLifetime(expires_in: unknown) {
    const made = mpInProcess({}, still);
    const fault = { kind: "reply-json", body: { expires_in }, merge: true } as const;
    made.emulator.control.faults.add({ ...fault, match: stableToken, times: 0 });
    return made;
  }

  it("of 10 seconds lets the token serve for 5", async () => {
    const { mp, emulator } = withLifetime(10);
    await countMaterial(mp);
    emulator.control.clock.advance(4999);
    await countMaterial(mp);
    expect(callsOf(emulator).stable).toBe(1);
    emulator.control.clock.advance(1);
    await countMaterial(mp);
    expect(callsOf(emulator)).toMatchObject({ stable: 2, api: 3 });
  });

  it("in digits of text is a number all the same", async () => {
    const { mp, emulator } = withLifetime("7200");
    await countMaterial(mp);
    emulator.control.clock.advance(6959_999);
    await countMaterial(mp);
    expect(callsOf(emulator)).toMatchObject({ stable: 1, api: 2 });
  });

  const useless: Record<string, unknown> = {
    "of 0": 0,
    "of -1": -1,
    "of -7200 in text": "-7200",
    "that is a word": "soon",
    "that is empty": "",
    "that is null": null,
    "that is a list": [7200],
  };
  for (const [what, value] of Object.entries(useless)) {
    it(`${what} makes the reply useless: nothing else is sent, and nothing repeated`, async () => {
      const { mp, emulator } = withLifetime(value);
      await expect(countMaterial(mp)).rejects.toMatchObject({
        code: "ERR_REPLY",
        message: expect.stringMatching(/stable_token has expires_in .*above 0/),
      });
      expect(callsOf(emulator)).toMatchObject({ stable: 1, api: 0 });
    });
  }

  it("that is missing does too", async () => {
    const { mp, emulator } = mpInProcess();
    const fault = { kind: "reply-json", body: { access_token: "a".repeat(136) } } as const;
    emulator.control.faults.add({ ...fault, match: stableToken });
    await expect(countMaterial(mp)).rejects.toThrow(/expires_in undefined/);
    expect((await countMaterial(mp))["image_count"]).toBe(0);
  });
});

describe("an access_token", () => {
  for (const [what, access_token] of Object.entries({
    "that is missing": undefined,
    "that is empty": "",
    "that is a number": 7,
    "with a blank": "a b",
    "with a line end": "abc\n",
    "with a letter beyond ASCII": "abcé",
  })) {
    it(`${what} makes the reply useless`, async () => {
      const { mp, emulator } = mpInProcess();
      const body = { access_token, expires_in: 7200 };
      emulator.control.faults.add({ kind: "reply-json", body, match: stableToken, times: 0 });
      await expect(countMaterial(mp)).rejects.toMatchObject({
        code: "ERR_REPLY",
        message: expect.stringContaining("no access_token"),
      });
      expect(callsOf(emulator)).toMatchObject({ stable: 1, api: 0 });
    });
  }
});

describe("ten callers without a token", () => {
  it("share a failure, and the next call starts afresh", async () => {
    const { mp, emulator } = mpInProcess();
    emulator.control.faults.add({ kind: "mp-error", errcode: 50004, match: stableToken });
    const calls = Array.from({ length: 10 }, () => countMaterial(mp));
    const outcomes = await Promise.allSettled(calls);
    expect(outcomes.filter(({ status }) => status === "rejected").length).toBe(10);
    expect(callsOf(emulator)).toMatchObject({ stable: 1, api: 0 });
    await countMaterial(mp);
    expect(callsOf(emulator)).toMatchObject({ stable: 2, api: 1 });
  });
});

describe("createMpClient", () => {
  const { appid, secret } = credentials.mp;
  const getAccessToken = () => "TOKEN";
  const misuse: Record<string, [object, RegExp]> = {
    "no appid": [{ secret }, /appid must be/],
    "an appid with a slash": [{ appid: "wx/1", secret }, /appid must be/],
    "neither secret nor getAccessToken": [
      { appid },
      /needs secret or getAccessToken.*neither was given/,
    ],
    "both of them": [
      { appid, secret, getAccessToken },
      /needs secret or getAccessToken.*both were given/,
    ],
    "an empty secret": [{ appid, secret: "" }, /secret must be/],
    "a secret with a line end": [{ appid, secret: `${secret}\n` }, /secret must be/],
    "an unknown kind of token": [{ appid, secret, token: "Stable" }, /"stable" or "plain"/],
    "a getAccessToken that is a token": [{ appid, getAccessToken: "T" }, /must be a function/],
    "a store without set": [{ appid, secret, tokenStore: { get: () => "" } }, /get\(key\) and set/],
    "a store that is null": [{ appid, secret, tokenStore: null }, /get\(key\) and set/],
    "a store beside getAccessToken": [
      { appid, getAccessToken, tokenStore: new Map() },
      /tokenStore cannot be used with getAccessToken/,
    ],
    "a baseUrl with a query": [{ appid, secret, baseUrl: "https://a.example/?b" }, /baseUrl must/],
    "a baseUrl with a user": [{ appid, secret, baseUrl: "https://u:p@a.example" }, /baseUrl must/],
    "a baseUrl that is not an address": [
      { appid, secret, baseUrl: "api.weixin.qq.com" },
      /baseUrl must/,
    ],
    "a fileBaseUrl of another scheme": [
      { appid, secret, fileBaseUrl: "ftp://file.api.weixin.qq.com" },
      /fileBaseUrl must/,
    ],
  };
  for (const [what, [options, message]] of Object.entries(misuse)) {
    it(`refuses ${what}, and does not repeat the secret`, () => {
      const create = () => createMpClient(options as never);
      expect(create).toThrow(TypeError);
      expect(create).toThrow(message);
      expect(create).not.toThrow(secret);
    });
  }
});
