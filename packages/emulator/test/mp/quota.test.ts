import { describe, expect, it } from "vitest";
import { commentEndpoints, quotaEndpoints } from "../../src/index.ts";
import { APPID, type MpClient, mpClient, OTHER, openMp, SECRET } from "./mp-client.ts";

const COUNT = "/cgi-bin/material/get_materialcount";
const QUOTA = "/cgi-bin/openapi/quota/get";

interface Json {
  errcode: number;
  errmsg: string;
  quota: { used: number };
  request: Record<string, unknown>;
}

const post = async (mp: MpClient, path: string, json: object): Promise<Json> => {
  const access_token = (await mp.stable()).json.access_token;
  return JSON.parse((await mp.call(path, { query: { access_token }, json })).text);
};
const count = async (mp: MpClient) => {
  const access_token = (await mp.stable()).json.access_token;
  return (await mp.call(COUNT, { query: { access_token } })).json;
};

describe("POST /cgi-bin/openapi/quota/get", () => {
  it("answers the calls of the day against the account's limit", async () => {
    const limits = { dailyLimits: { [COUNT]: 3 }, minuteLimits: { [COUNT]: 2 } };
    const { mp } = openMp({ accounts: [{ appid: APPID, ...limits }] });
    await count(mp);
    expect(await post(mp, QUOTA, { cgi_path: COUNT })).toEqual({
      errcode: 0,
      errmsg: "ok",
      quota: { daily_limit: 3, used: 1, remain: 2 },
      rate_limit: { call_count: 2, refresh_second: 60 },
    });
  });

  it("begins anew on the next day, and counts its own calls too", async () => {
    const { mp, control } = openMp();
    const used = async () => (await post(mp, QUOTA, { cgi_path: QUOTA })).quota.used;
    expect([await used(), await used()]).toEqual([1, 2]);
    control.clock.advance(86_400_000);
    expect(await used()).toBe(1);
  });

  it("knows calls, and which of them the account may make", async () => {
    const { mp } = openMp({ accounts: [{ appid: APPID, verified: false, mediaApi: false }] });
    const errcode = async (cgi_path: unknown) => (await post(mp, QUOTA, { cgi_path })).errcode;
    for (const { path } of [...quotaEndpoints, ...commentEndpoints])
      expect(await errcode(path)).toBe(0);
    expect(await errcode("/cgi-bin/draft/add")).toBe(0);
    expect(await errcode("/cgi-bin/freepublish/submit")).toBe(76022);
    expect(await errcode("/cgi-bin/publish/uploadnews")).toBe(76022);
    expect(await errcode("/sns/userinfo")).toBe(76022);
    expect(await errcode("/cgi-bin/no/such")).toBe(76021);
    expect(await errcode("cgi-bin/draft/add")).toBe(76003);
    expect(await errcode(undefined)).toBe(76003);
  });
});

describe("POST /cgi-bin/clear_quota", () => {
  it("clears the day ten times a month, together with v2", async () => {
    const { mp, control } = openMp({
      now: () => Date.parse("2030-01-31T15:00:00Z"),
      accounts: [{ appid: APPID, dailyLimits: { [COUNT]: 1 } }],
    });
    const clear = async () => (await post(mp, "/cgi-bin/clear_quota", { appid: APPID })).errcode;
    const bySecret = async () =>
      (await mp.call("/cgi-bin/clear_quota/v2", { json: { appid: APPID, appsecret: SECRET } }))
        .errcode;
    expect([(await count(mp)).errcode, (await count(mp)).errcode]).toEqual([undefined, 45009]);
    expect(await clear()).toBe(0);
    expect((await count(mp)).errcode).toBe(undefined);
    for (let time = 2; time <= 10; time++) expect(await (time % 2 ? clear() : bySecret())).toBe(0);
    expect([await clear(), await bySecret()]).toEqual([48006, 48006]);
    control.clock.advance(3600_000);
    expect(await clear()).toBe(0);
  });

  it("is about the account of the token, or of the secret", async () => {
    const { mp } = openMp({ accounts: [{ appid: OTHER, secretFrozen: true }] });
    const clear = async (json: object) => (await post(mp, "/cgi-bin/clear_quota", json)).errcode;
    expect([await clear({}), await clear({ appid: OTHER })]).toEqual([41002, 49001]);
    const v2 = async (query: Record<string, string>) =>
      (await mp.call("/cgi-bin/clear_quota/v2", { query, json: {} })).errcode;
    expect(await v2({})).toBe(41002);
    expect(await v2({ appid: APPID })).toBe(41004);
    expect(await v2({ appid: APPID, appsecret: "wrong" })).toBe(40125);
    expect(await v2({ appid: "wx00000000000000ff", appsecret: SECRET })).toBe(40013);
    expect(await v2({ appid: OTHER, appsecret: SECRET })).toBe(40243);
    expect(await v2({ appid: APPID, appsecret: SECRET })).toBe(0);
  });
});

describe("POST /cgi-bin/openapi/quota/clear", () => {
  it("clears one call of the day, fifty times a month", async () => {
    const { mp, control } = openMp({
      now: () => Date.parse("2030-01-30T15:00:00Z"),
      accounts: [{ appid: APPID, dailyLimits: { [COUNT]: 1 } }],
    });
    const clear = async (cgi_path: string) =>
      (await post(mp, "/cgi-bin/openapi/quota/clear", { cgi_path })).errcode;
    await count(mp);
    expect((await count(mp)).errcode).toBe(45009);
    expect(await clear(QUOTA)).toBe(0);
    expect((await count(mp)).errcode).toBe(45009);
    expect(await clear(COUNT)).toBe(0);
    expect((await count(mp)).errcode).toBe(undefined);
    expect([await clear("cgi-bin/x"), await clear("/no/such")]).toEqual([76003, 76021]);
    for (let time = 3; time <= 49; time++) expect(await clear(COUNT)).toBe(0);
    control.clock.set(Date.parse("2030-01-31T15:59:59Z"));
    expect([await clear(COUNT), await clear(COUNT)]).toEqual([0, 76022]);
    control.clock.advance(1000);
    expect(await clear(COUNT)).toBe(0);
  });

  it("counts for the account alone, and not with clear_quota", async () => {
    const dailyLimits = { [COUNT]: 1 };
    const accounts = [
      { appid: APPID, dailyLimits },
      { appid: OTHER, secret: "other", dailyLimits },
    ];
    const { mp, emulator } = openMp({ accounts });
    const other = mpClient(emulator.fetch, { appid: OTHER, secret: "other" });
    const one = async (client: MpClient) =>
      (await post(client, "/cgi-bin/openapi/quota/clear", { cgi_path: COUNT })).errcode;
    const all = async () => (await post(mp, "/cgi-bin/clear_quota", { appid: APPID })).errcode;
    await count(other);
    for (let time = 1; time <= 50; time++) expect(await one(mp)).toBe(0);
    expect([await one(mp), await all()]).toEqual([76022, 0]);
    expect((await count(other)).errcode).toBe(45009);
    expect(await one(other)).toBe(0);
    expect((await count(other)).errcode).toBe(undefined);
  });
});

describe("POST /cgi-bin/openapi/rid/get", () => {
  it("answers the call behind a rid for seven days, to its account alone", async () => {
    const { mp, control, emulator } = openMp({ accounts: [{ appid: OTHER, secret: "other" }] });
    const { errmsg } = await post(mp, "/cgi-bin/draft/get", { media_id: "x" });
    const [, rid = ""] = /rid: ([\w-]+)$/.exec(errmsg) ?? [];
    const path = "/cgi-bin/openapi/rid/get";
    const { request } = await post(mp, path, { rid });
    expect(request).toMatchObject({ request_body: '{"media_id":"x"}', client_ip: "127.0.0.1" });
    expect(request.request_url).toMatch(/^access_token=/);
    expect(request.response_body).toContain(rid);
    const other = mpClient(emulator.fetch, { appid: OTHER, secret: "other" });
    expect((await post(other, path, { rid })).errcode).toBe(76003);
    expect((await post(mp, path, { rid: "6584fd9e-56fbbc7e-310e0214" })).errcode).toBe(76001);
    expect((await post(mp, path, { rid: "?" })).errcode).toBe(76002);
    control.clock.advance(7 * 86_400_000 + 1000);
    expect((await post(mp, path, { rid })).errcode).toBe(76001);
  });
});

describe("POST /cgi-bin/account/getaccountbasicinfo", () => {
  it("answers whose token it is", async () => {
    const { mp } = openMp();
    const info = await post(mp, "/cgi-bin/account/getaccountbasicinfo", {});
    expect(info).toMatchObject({ errcode: 0, appid: APPID });
  });
});
