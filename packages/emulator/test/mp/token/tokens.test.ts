import { describe, expect, it } from "vitest";
import type { Account, EmulatorOptions } from "../../../src/index.ts";
import { APPID, type MpClient, mpClient, OTHER, openMp, SECRET } from "../mp-client.ts";

const COUNT = "/cgi-bin/material/get_materialcount";
const MINUTE = 60_000;

/** The errcode of a call with this token, 0 for a good one. */
const tried = async (mp: MpClient, access_token: string): Promise<number> =>
  (await mp.call(COUNT, { query: { access_token } })).errcode;

const tokenOf = async (answer: ReturnType<MpClient["plain"]>): Promise<string> =>
  (await answer).json.access_token;

describe("GET /cgi-bin/token", () => {
  it("answers a token for two hours, without errcode", async () => {
    const { mp } = openMp();
    const { status, headers, json } = await mp.plain();
    expect([status, headers.get("content-type")]).toEqual([200, "text/plain"]);
    expect(Object.keys(json)).toEqual(["access_token", "expires_in"]);
    expect(json.expires_in).toBe(7200);
    expect(json.access_token).toMatch(/^\d\d_[A-Za-z0-9_-]{133}$/);
    expect(await tried(mp, json.access_token)).toBe(0);
  });

  it("answers another each time; the one before works five minutes more", async () => {
    const { mp, control } = openMp();
    const first = await tokenOf(mp.plain());
    const second = await tokenOf(mp.plain());
    expect(second).not.toBe(first);
    control.clock.advance(5 * MINUTE - 1);
    expect(await tried(mp, first)).toBe(0);
    control.clock.advance(1);
    expect(await tried(mp, first)).toBe(40001);
    expect(await tried(mp, second)).toBe(0);
  });

  it("expires after 7200 seconds: 42001", async () => {
    const { mp, control } = openMp();
    const token = await tokenOf(mp.plain());
    control.clock.advance(7200_000 - 1);
    expect(await tried(mp, token)).toBe(0);
    control.clock.advance(1);
    const { json } = await mp.call(COUNT, { query: { access_token: token } });
    expect(json.errcode).toBe(42001);
    expect(json.errmsg).toMatch(/^access_token expired/);
  });

  it("answers 2000 times a day, a day of Asia/Shanghai", async () => {
    const { mp, control } = openMp({ now: () => Date.parse("2030-01-01T15:59:00Z") });
    for (let i = 0; i < 2000; i++) await mp.plain();
    expect((await mp.plain()).errcode).toBe(45009);
    expect((await mp.stable()).errcode).toBe(0);
    control.clock.advance(MINUTE);
    expect((await mp.plain()).errcode).toBe(0);
  });

  it("is asked for by GET alone", async () => {
    const { mp } = openMp();
    expect((await mp.call("/cgi-bin/token", { json: {} })).errcode).toBe(43001);
  });
});

describe("POST /cgi-bin/stable_token", () => {
  it("answers the same token, with the seconds it has left", async () => {
    const { mp, control } = openMp();
    const first = await mp.stable();
    expect(first.json.expires_in).toBe(7200);
    control.clock.advance(100_500);
    const second = await mp.stable();
    expect(second.json).toEqual({ access_token: first.json.access_token, expires_in: 7099 });
  });

  it("answers another when less than five minutes are left; both work for five minutes", async () => {
    const { mp, control } = openMp();
    const first = await tokenOf(mp.stable());
    control.clock.advance(7200_000 - 5 * MINUTE);
    expect((await mp.stable()).json).toEqual({ access_token: first, expires_in: 300 });
    control.clock.advance(1);
    const second = await tokenOf(mp.stable());
    expect(second).not.toBe(first);
    control.clock.advance(5 * MINUTE - 1);
    expect([await tried(mp, first), await tried(mp, second)]).toEqual([0, 0]);
    control.clock.advance(1);
    expect([await tried(mp, first), await tried(mp, second)]).toEqual([42001, 0]);
  });

  it("refreshes by force: the one before is refused at once", async () => {
    const { mp } = openMp();
    const first = await tokenOf(mp.stable());
    const second = await tokenOf(mp.stable({ force_refresh: true }));
    expect(second).not.toBe(first);
    expect([await tried(mp, first), await tried(mp, second)]).toEqual([40001, 0]);
    expect(await tokenOf(mp.stable())).toBe(second);
  });

  it("refreshes once in 30 seconds, and otherwise answers the same", async () => {
    const { mp, control } = openMp();
    const first = await tokenOf(mp.stable({ force_refresh: true }));
    control.clock.advance(29_999);
    expect(await tokenOf(mp.stable({ force_refresh: true }))).toBe(first);
    control.clock.advance(1);
    expect(await tokenOf(mp.stable({ force_refresh: true }))).not.toBe(first);
  });

  it("refreshes 20 times a day", async () => {
    const { mp, control } = openMp({ now: () => Date.parse("2030-01-01T00:00:00Z") });
    for (let i = 0; i < 20; i++) {
      expect((await mp.stable({ force_refresh: true })).errcode).toBe(0);
      control.clock.advance(30_000);
    }
    expect((await mp.stable({ force_refresh: true })).errcode).toBe(45009);
    expect((await mp.stable()).errcode).toBe(0);
    control.clock.set(Date.parse("2030-01-01T16:00:00Z"));
    expect((await mp.stable({ force_refresh: true })).errcode).toBe(0);
  });

  it("knows nothing of the other kind", async () => {
    const { mp } = openMp();
    const stable = await tokenOf(mp.stable());
    const plain = await tokenOf(mp.plain());
    await mp.plain();
    await mp.stable({ force_refresh: true });
    expect([await tried(mp, stable), await tried(mp, plain)]).toEqual([40001, 0]);
  });

  it("is 45011 beyond a minute's calls", async () => {
    const minuteLimits = { "/cgi-bin/stable_token": 2 };
    const { mp, control } = openMp({ accounts: [{ appid: APPID, minuteLimits }] });
    await mp.stable();
    await mp.stable();
    expect((await mp.stable()).errcode).toBe(45011);
    control.clock.advance(MINUTE);
    expect((await mp.stable()).errcode).toBe(0);
  });

  it("reads JSON of any Content-Type, by POST alone", async () => {
    const { mp } = openMp();
    const body = JSON.stringify({ grant_type: "client_credential", appid: APPID, secret: SECRET });
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    const path = "/cgi-bin/stable_token";
    expect((await mp.call(path, { body, headers })).errcode).toBe(0);
    expect((await mp.call(path, { body: "{" })).errcode).toBe(47001);
    expect((await mp.call(path, { body: "[]" })).errcode).toBe(47001);
    const notUtf8 = Buffer.from(body.replace("{", '{"a":"\xff",'), "latin1");
    expect((await mp.call(path, { body: notUtf8 })).errcode).toBe(47001);
    expect((await mp.call(path, { method: "POST" })).errcode).toBe(44002);
    expect((await mp.stable({ force_refresh: "yes" })).errcode).toBe(47001);
    expect((await mp.call(path)).errcode).toBe(43002);
  });

  it("never lasts longer than it says when the clock jumps back", async () => {
    const { mp, control } = openMp();
    await mp.stable();
    control.clock.advance(-3600_000);
    expect((await mp.stable()).json.expires_in).toBe(7200);
  });
});

describe("a request for a token", () => {
  it.each([
    [{ grant_type: "authorization_code" }, 40002, "invalid grant_type"],
    [{ appid: "" }, 41002, "appid missing"],
    [{ secret: "" }, 41004, "appsecret missing"],
    [{ appid: "wxffffffffffffffff" }, 40013, "invalid appid"],
    [{ secret: "0".repeat(32) }, 40125, "invalid appsecret"],
  ])("with %o is refused with %i by both endpoints", async (change, errcode, errmsg) => {
    const { mp, control } = openMp({ errmsgTail: "none" });
    expect((await mp.plain(change)).json).toEqual({ errcode, errmsg });
    expect((await mp.stable(change)).json).toEqual({ errcode, errmsg });
    expect(control.journal.entries().map(({ code }) => code)).toEqual([`${errcode}`, `${errcode}`]);
    expect(control.tokens.list(APPID)).toEqual([]);
  });

  it("with a wrong secret is 40001 when told so", async () => {
    const { mp } = openMp({ wrongSecret: 40001 });
    expect((await mp.plain({ secret: "x" })).errcode).toBe(40001);
  });

  it("of a frozen secret is 40243", async () => {
    const { mp } = openMp({ accounts: [{ appid: APPID, secretFrozen: true }] });
    expect((await mp.plain()).errcode).toBe(40243);
  });

  it("from an address that is not on the list is 40164, and says which", async () => {
    const accounts: Account[] = [{ appid: APPID, ipWhitelist: ["10.0.0.9", "1.2.3.4"] }];
    const { mp, control } = openMp({ accounts, errmsgTail: "none", clientIp: "10.0.0.1" });
    const errmsg = "invalid ip 10.0.0.1 ipv6 ::ffff:10.0.0.1, not in whitelist";
    expect((await mp.plain()).json).toEqual({ errcode: 40164, errmsg });
    control.clientIp = "::ffff:1.2.3.4";
    expect((await mp.stable()).errcode).toBe(0);
    control.clientIp = undefined;
    expect((await mp.plain()).json.errmsg).toContain("invalid ip 127.0.0.1 ipv6 ");
    control.reset();
    expect(control.clientIp).toBe("10.0.0.1");
  });
});

describe("an access_token in a call", () => {
  it("is refused with 40164 from an address that is not in the IP whitelist", async () => {
    const accounts: Account[] = [{ appid: APPID, ipWhitelist: ["1.2.3.4"] }];
    const { mp, control } = openMp({ accounts, errmsgTail: "none", clientIp: "1.2.3.4" });
    const { access_token } = (await mp.stable()).json;
    expect((await mp.call(COUNT, { query: { access_token } })).errcode).toBe(0);
    control.clientIp = "10.0.0.1";
    const errmsg = "invalid ip 10.0.0.1 ipv6 ::ffff:10.0.0.1, not in whitelist";
    expect((await mp.call(COUNT, { query: { access_token } })).json).toEqual({
      errcode: 40164,
      errmsg,
    });
  });

  it.each([
    ["", 41001, "access_token missing"],
    ["a b", 40014, "invalid access_token"],
    ["x".repeat(2049), 40014, "invalid access_token"],
    ["nobody_s-token", 40001, "invalid credential, access_token is invalid or not latest"],
  ])("that is %j is %i", async (access_token, errcode, errmsg) => {
    const { mp } = openMp({ errmsgTail: "none" });
    expect((await mp.call(COUNT, { query: { access_token } })).json).toEqual({ errcode, errmsg });
  });

  it("that is not there is 41001", async () => {
    expect((await openMp().mp.call(COUNT)).errcode).toBe(41001);
  });

  it.each([64, 512, 2048])("may have %i characters", async (tokenLength) => {
    const { mp } = openMp({ tokenLength });
    const token = await tokenOf(mp.plain());
    expect(token).toHaveLength(tokenLength);
    expect(await tried(mp, token)).toBe(0);
  });
});

describe("control.tokens", () => {
  it("kills: 40001 from now on, and the stable endpoint does not notice", async () => {
    const { mp, control } = openMp();
    const stable = await tokenOf(mp.stable());
    const plain = await tokenOf(mp.plain());
    control.tokens.kill(APPID);
    expect([await tried(mp, stable), await tried(mp, plain)]).toEqual([40001, 40001]);
    expect(await tokenOf(mp.stable())).toBe(stable);
    const forced = await tokenOf(mp.stable({ force_refresh: true }));
    expect(await tried(mp, forced)).toBe(0);
  });

  it("kills with a replacement", async () => {
    const { mp, control } = openMp();
    const first = await tokenOf(mp.stable());
    control.tokens.kill(APPID, { replace: true });
    const second = await tokenOf(mp.stable());
    expect([await tried(mp, first), await tried(mp, second)]).toEqual([40001, 0]);
  });

  it("expires: 42001, and the stable endpoint answers another", async () => {
    const { mp, control } = openMp();
    const first = await tokenOf(mp.stable());
    control.tokens.expire(APPID);
    expect(await tried(mp, first)).toBe(42001);
    expect(await tried(mp, await tokenOf(mp.stable()))).toBe(0);
  });

  it("leaves the other accounts alone", async () => {
    const { mp, control, emulator } = openMp({ accounts: [{ appid: OTHER }] });
    const other = mpClient(emulator.fetch, { appid: OTHER });
    const token = await tokenOf(other.stable());
    await mp.stable();
    control.tokens.kill(APPID);
    control.tokens.expire(APPID);
    expect(await tried(other, token)).toBe(0);
  });

  it("lists the tokens and counts what was asked for", async () => {
    const { mp, control } = openMp();
    const plain = await tokenOf(mp.plain());
    const stable = await tokenOf(mp.stable());
    await mp.stable({ secret: "x" });
    const forced = await tokenOf(mp.stable({ force_refresh: true }));
    const expiresAt = 1_800_007_200;
    expect(control.tokens.list(APPID)).toEqual([
      { kind: "plain", token: plain, expiresAt, state: "live" },
      { kind: "stable", token: stable, expiresAt, state: "superseded" },
      { kind: "stable", token: forced, expiresAt, state: "live" },
    ]);
    expect(control.tokens.calls(APPID)).toEqual({ plain: 1, stable: 3, forced: 1 });
    control.reset();
    expect(control.tokens.list(APPID)).toEqual([]);
    expect(control.tokens.calls(APPID)).toEqual({ plain: 0, stable: 0, forced: 0 });
  });
});

describe("accounts", () => {
  it("have secrets, tokens and media of their own", async () => {
    const { mp, control, emulator } = openMp();
    control.seed({ accounts: [{ appid: OTHER, secret: "another" }] });
    const other = mpClient(emulator.fetch, { appid: OTHER, secret: "another" });
    expect((await mp.plain({ appid: OTHER })).errcode).toBe(40125);
    const { media_id } = (await mp.upload("/cgi-bin/media/upload", {}, { type: "image" })).json;
    expect((await mp.get(media_id)).headers.get("content-type")).toBe("image/jpeg");
    expect((await other.get(media_id)).errcode).toBe(40007);
    control.reset();
    expect((await other.plain()).errcode).toBe(40013);
  });

  it("are shown without their secrets", () => {
    const { control } = openMp({ accounts: [{ appid: OTHER, pay: false }] });
    expect(control.accounts).toEqual([
      { appid: APPID, verified: true, pay: true, mediaApi: true, comments: true },
      { appid: OTHER, verified: true, pay: false, mediaApi: true, comments: true },
    ]);
  });

  it("add to what is known when seeded again", () => {
    const { control } = openMp({ accounts: [{ appid: OTHER, pay: false }] });
    control.seed({ accounts: [{ appid: OTHER, verified: false }] });
    expect(control.accounts[1]).toMatchObject({ verified: false, pay: false });
  });

  it("have daily limits by path", async () => {
    const dailyLimits = { [COUNT]: 1, "/cgi-bin/token": 1 };
    const { mp } = openMp({ accounts: [{ appid: APPID, dailyLimits }] });
    expect((await mp.api(COUNT)).errcode).toBe(0);
    expect((await mp.api(COUNT)).errcode).toBe(45009);
    expect((await mp.plain()).errcode).toBe(0);
    expect((await mp.plain()).errcode).toBe(45009);
  });

  it.each([
    [{ accounts: [{ appid: "wx1" }] }, /^accounts\[0\]\.appid is "wx1"; it must be wx and 16/],
    [{ accounts: [null] }, /^accounts\[0\] is null; it must be an object with appid/],
    [
      { accounts: [{ appid: OTHER, verifed: true }] },
      /^accounts\[0\] has no "verifed"\. Did you mean "verified"\? It has appid/,
    ],
    [
      { accounts: [{ appid: OTHER, secret: "" }] },
      /^accounts\[0\]\.secret is a string of 0 characters; it must be a non-empty string/,
    ],
    [
      { accounts: [{ appid: OTHER, pay: 1 }] },
      /^accounts\[0\]\.pay is 1; it must be true or false/,
    ],
    [
      { accounts: [{ appid: OTHER, ipWhitelist: "1.2.3.4" }] },
      /^accounts\[0\]\.ipWhitelist is "1\.2\.3\.4"; it must be a list/,
    ],
    [
      { accounts: [{ appid: OTHER, dailyLimits: { a: 1 } }] },
      /^accounts\[0\]\.dailyLimits has "a"; each key must be a path/,
    ],
    [
      { accounts: [{ appid: OTHER, minuteLimits: 5 }] },
      /^accounts\[0\]\.minuteLimits is 5; it must be whole numbers by path/,
    ],
    [{ tokenLength: 63 }, /^tokenLength is 63; it must be a whole number from 64 to 2048/],
    [{ wrongSecret: 1 }, /^wrongSecret is 1; it must be one of 40125, 40001/],
    [{ errmsgTail: "hint" }, /^errmsgTail is "hint"; it must be one of "both", "rid", "none"/],
    [
      { mediaProfile: "1999" },
      /^mediaProfile is "1999"; it must be one of "2012", "2014", "media-api", "current", "reported"/,
    ],
  ])("and options that cannot be: %o", (options, message) => {
    expect(() => openMp(options as unknown as EmulatorOptions)).toThrow(message);
  });
});
