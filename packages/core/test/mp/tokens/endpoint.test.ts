import type { Fault } from "@wechat-edge/emulator";
import { credentials } from "@wechat-edge/emulator";
import { addMaterial } from "@wechat-edge/mp-media";
import { describe, expect, it } from "vitest";
import { media } from "../../../../../test/support/media.ts";
import { callsOf, countMaterial, failure, mpInProcess } from "../../../../../test/support/mp.ts";

/** What befalls the token endpoint, what the call then fails with, and how often it was asked. */
const outcomes: Record<
  string,
  { fault: Fault; timeout?: number; error?: Record<string, unknown>; tries: number }
> = {
  "is busy once (-1)": { fault: { kind: "mp-error", errcode: -1 }, tries: 2 },
  "is busy for ever (-1)": {
    fault: { kind: "mp-error", errcode: -1, times: 0 },
    error: { code: "ERR_MP_API", errcode: -1, errmsg: "system error", retryable: true },
    tries: 3,
  },
  "was asked too fast once (45011)": { fault: { kind: "mp-error", errcode: 45011 }, tries: 2 },
  "was asked too fast for ever (45011)": {
    fault: { kind: "mp-error", errcode: 45011, times: 0 },
    error: { code: "ERR_MP_API", errcode: 45011 },
    tries: 3,
  },
  "has no calls left for the day (45009)": {
    fault: { kind: "mp-error", errcode: 45009, times: 0 },
    error: { errcode: 45009, message: expect.stringMatching(/until tomorrow.*clear_quota/) },
    tries: 1,
  },
  "finds the secret wrong and says 40001": {
    fault: { kind: "mp-error", errcode: 40001, times: 0 },
    error: {
      errcode: 40001,
      message: expect.stringMatching(/secret does not belong to this appid/),
    },
    tries: 1,
  },
  "finds the secret wrong and says 40125": {
    fault: { kind: "mp-error", errcode: 40125, times: 0 },
    error: {
      errcode: 40125,
      message: expect.stringMatching(/secret does not belong to this appid/),
    },
    tries: 1,
  },
  "finds a token in the secret's place (40014)": {
    fault: { kind: "mp-error", errcode: 40014, times: 0 },
    error: { errcode: 40014 },
    tries: 1,
  },
  "does not know the appid (40013)": {
    fault: { kind: "mp-error", errcode: 40013, times: 0 },
    error: { errcode: 40013, message: expect.stringContaining("does not know this appid") },
    tries: 1,
  },
  "has frozen the secret (40243)": {
    fault: { kind: "mp-error", errcode: 40243, times: 0 },
    error: { errcode: 40243, message: expect.stringContaining("unfreeze it") },
    tries: 1,
  },
  "is forbidden to the account (50004)": {
    fault: { kind: "mp-error", errcode: 50004, times: 0 },
    error: {
      errcode: 50004,
      message: expect.stringContaining("does not let this account take tokens"),
    },
    tries: 1,
  },
  "wants an administrator's word first (89503)": {
    fault: { kind: "mp-error", errcode: 89503, times: 0 },
    error: { errcode: 89503, message: expect.stringContaining("administrator") },
    tries: 1,
  },
  "is down once": { fault: { kind: "cut", at: "before" }, tries: 2 },
  "is down for ever": {
    fault: { kind: "cut", at: "before", times: 0 },
    error: { code: "ERR_NETWORK" },
    tries: 3,
  },
  "breaks off in its reply once": { fault: { kind: "cut", at: "body" }, tries: 2 },
  "is slow for ever": {
    fault: { kind: "delay", ms: 60_000, times: 0 },
    timeout: 20,
    error: { code: "ERR_TIMEOUT", message: expect.stringContaining("20 ms") },
    tries: 3,
  },
  "is a captive portal (HTML, 200)": {
    fault: { kind: "html", status: 200, times: 0 },
    error: { code: "ERR_REPLY", status: 200, message: expect.stringContaining("text/html") },
    tries: 1,
  },
  "is a gateway that is down once (HTML, 503)": { fault: { kind: "html", status: 503 }, tries: 2 },
  "is a gateway that refuses (HTML, 403)": {
    fault: { kind: "html", status: 403, times: 0 },
    error: { code: "ERR_REPLY", status: 403 },
    tries: 1,
  },
  "answers nothing": {
    fault: { kind: "empty", times: 0 },
    error: { code: "ERR_REPLY", message: expect.stringContaining("an empty body") },
    tries: 1,
  },
  "answers a list": {
    fault: { kind: "reply-json", body: [{ access_token: "a", expires_in: 7200 }], times: 0 },
    error: { code: "ERR_REPLY" },
    tries: 1,
  },
  "answers an empty object": {
    fault: { kind: "reply-json", body: {}, times: 0 },
    error: { code: "ERR_REPLY", message: expect.stringContaining("no access_token") },
    tries: 1,
  },
  redirects: {
    fault: { kind: "redirect", location: "https://evil.example/cgi-bin/stable_token", times: 0 },
    error: { code: "ERR_REPLY", message: expect.stringContaining("redirect") },
    tries: 1,
  },
};

describe("the token endpoint", () => {
  for (const [what, { fault, timeout, error, tries }] of Object.entries(outcomes)) {
    it(`${what}: ${error === undefined ? "the call succeeds" : "the call fails unsent"}`, async () => {
      const paths = { stable: "/cgi-bin/stable_token", plain: "/cgi-bin/token" };
      for (const [token, path] of Object.entries(paths)) {
        const { mp, emulator, pauses } = mpInProcess({ timeout, token: token as "plain" });
        emulator.control.faults.add({ ...fault, match: { path } });
        const call = countMaterial(mp);
        if (error === undefined) expect((await call)["image_count"]).toBe(0);
        else expect(await failure(call)).toMatchObject(error);
        expect(callsOf(emulator)).toMatchObject({ [token]: tries, api: error ? 0 : 1 });
        expect(pauses.length).toBe(tries - 1);
        if (timeout !== undefined) continue; // too short for a call that is to succeed
        emulator.control.faults.clear();
        await countMaterial(mp);
      }
    });
  }

  it("refuses an address that is not on the IP whitelist; the error has it, and what to do", async () => {
    const { appid } = credentials.mp;
    const { mp, emulator } = mpInProcess({}, { accounts: [{ appid, ipWhitelist: ["10.0.0.1"] }] });
    emulator.control.clientIp = "203.0.113.9";
    const error = await failure(countMaterial(mp));
    expect(error).toMatchObject({ errcode: 40164, ip: "203.0.113.9", retryable: false });
    for (const advice of [
      "Add 203.0.113.9 to API IP 白名单",
      "微信开发者平台",
      "the address of every call",
      "Workers",
      "a relay that has one (option baseUrl)",
      "a token server (option getAccessToken)",
    ]) {
      expect(error.message).toContain(advice);
    }
    expect(callsOf(emulator)).toMatchObject({ stable: 1, api: 0 });
    emulator.control.clientIp = "10.0.0.1";
    await countMaterial(mp);
  });

  it("refuses an address of IPv6; the error has it too", async () => {
    const { appid } = credentials.mp;
    const { mp, emulator } = mpInProcess({}, { accounts: [{ appid, ipWhitelist: [] }] });
    emulator.control.clientIp = "2001:db8::1";
    expect(await failure(countMaterial(mp))).toMatchObject({ errcode: 40164, ip: "2001:db8::1" });
  });

  it("leaves no doubt about a call that was never sent, even one that must not be repeated", async () => {
    for (const fault of [
      { kind: "cut", at: "before", times: 0 },
      { kind: "mp-error", errcode: -1, times: 0 },
      { kind: "html", status: 502, times: 0 },
    ] as const) {
      const { mp, emulator } = mpInProcess();
      emulator.control.faults.add({ ...fault, match: { path: "/cgi-bin/stable_token" } });
      const error = await failure(addMaterial(mp, { type: "image" }, await media("licence.jpg")));
      expect(error["code"]).not.toBe("ERR_OUTCOME_UNKNOWN");
      expect(callsOf(emulator)).toMatchObject({ stable: 3, api: 0 });
    }
  });

  it("is asked again, within the same tries, after a token has died", async () => {
    const { mp, emulator, pauses } = mpInProcess();
    await countMaterial(mp);
    emulator.control.tokens.kill(mp.appid, { replace: true });
    const match = { path: "/cgi-bin/stable_token" };
    emulator.control.faults.add({ kind: "mp-error", errcode: -1, match });
    await countMaterial(mp);
    expect(callsOf(emulator)).toMatchObject({ stable: 3, api: 3 });
    expect(pauses.length).toBe(1);
  });

  it("that is down while a token is replaced fails the call with its own error", async () => {
    const { mp, emulator } = mpInProcess();
    await countMaterial(mp);
    emulator.control.tokens.kill(mp.appid, { replace: true });
    const match = { path: "/cgi-bin/stable_token" };
    emulator.control.faults.add({ kind: "cut", at: "before", match, times: 0 });
    expect(await failure(countMaterial(mp))).toMatchObject({ code: "ERR_NETWORK" });
    emulator.control.faults.clear();
    await countMaterial(mp);
  });
});
