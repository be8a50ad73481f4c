// A third-party platform: its ticket, its own token, the tokens of the accounts that have authorized it.

import { createMpClient, MpApiError } from "@wechat-edge/core";
import {
  authorizationUrl,
  createMpPlatform,
  createPreAuthCode,
  forgetAuthorizer,
  getAuthorizerList,
  keepRefreshToken,
  keepTicket,
  platformRequest,
  queryAuth,
  readPlatformPush,
  startPushTicket,
} from "@wechat-edge/core/mp-platform";
import { credentials } from "@wechat-edge/emulator";
import { describe, expect, it } from "vitest";
import { appid, authorized, pushed } from "../../support/authorized-platform.ts";
import { countMaterial, everythingIn, failure } from "../../support/mp.ts";
import { platformInProcess } from "../../support/platform-operations.ts";

const { component_appid, component_appsecret } = credentials.platform;
const HOUR = 3_600_000;

describe("an account that has authorized a platform", () => {
  it("is called with the tokens of the platform, which says what was granted", async () => {
    const { mp, authorization, mpPlatforms } = await authorized();
    const [status] = mpPlatforms.list();
    expect(authorization).toEqual({
      authorizer_appid: appid,
      authorizer_refresh_token: status?.authorizations[0]?.refresh_token,
      func_info: status?.authorizations[0]?.functions,
    });
    await countMaterial(mp);
  });

  it("gets another token where one was killed, and the platform another of its own", async () => {
    const { mp, tokens, journal } = await authorized();
    tokens.kill(appid);
    tokens.kill(component_appid);
    await countMaterial(mp);
    expect(journal.entries().flatMap(({ code }) => code ?? [])).toEqual(["40001", "40001"]);
  });

  it("is found in the list of WeChat where nothing is kept of it", async () => {
    const { emulator, mpPlatforms } = await authorized();
    const other = createMpPlatform({ ...credentials.platform, fetch: emulator.fetch });
    await keepTicket(other, mpPlatforms.ticket().ComponentVerifyTicket);
    const { getAccessToken } = other;
    await countMaterial(createMpClient({ appid, getAccessToken, fetch: emulator.fetch }));
  });

  it("is an error that says what to do where it has withdrawn, or never was there", async () => {
    const { mp, platform, mpPlatforms } = await authorized();
    mpPlatforms.revoke(appid);
    const gone = await failure(countMaterial(mp));
    expect(gone).toMatchObject({ name: "MpApiError", errcode: 61003 });
    expect(gone.message).toMatch(/withdrawn its authorization.*createPreAuthCode/);
    const { signal } = new AbortController();
    const unknown = await failure(
      Promise.resolve(platform.getAccessToken({ appid: "wx0000000000000001", signal })),
    );
    expect(unknown).toMatchObject({ code: "ERR_MP_PLATFORM", reason: "not-authorized" });
  });

  it("takes a refresh token of a database, and looks for another where that is wrong", async () => {
    const told: string[] = [];
    const { platform, mp, journal } = await authorized({
      onRefreshToken: ({ authorizer_refresh_token }: { authorizer_refresh_token: string }) =>
        void told.push(authorizer_refresh_token),
    });
    await keepRefreshToken(platform, {
      authorizer_appid: appid,
      authorizer_refresh_token: "refreshtoken@@@old",
    });
    await countMaterial(mp);
    expect(journal.entries().flatMap(({ code }) => code ?? [])).toEqual(["61023"]);
    expect(told.length).toBe(3);
    expect(told[2]).toBe(told[0]);
  });

  it("is forgotten, here and in the store, and found again where it has not withdrawn", async () => {
    const tokenStore = new Map<string, string>();
    const { platform, mp, journal, mpPlatforms } = await authorized({ tokenStore });
    await countMaterial(mp);
    const kept = () => [...tokenStore.keys()].filter((key) => key.includes(appid));
    expect(kept().length).toBe(1);
    await forgetAuthorizer(platform, appid);
    expect(kept()).toEqual([]);
    const before = journal.entries().length;
    await countMaterial(mp);
    const asked = journal
      .entries()
      .slice(before)
      .map(({ path }) => path.split("/").at(-1));
    expect(asked).toEqual(["api_get_authorizer_list", "api_authorizer_token", "get_materialcount"]);
    mpPlatforms.revoke(appid);
    await forgetAuthorizer(platform, appid);
    expect(await failure(countMaterial(mp))).toMatchObject({ errcode: 61003 });
  });
});

describe("a platform", () => {
  it("without a ticket says where one comes from, and can ask for it", async () => {
    const { platform, emulator } = platformInProcess();
    const error = await failure(createPreAuthCode(platform));
    expect(error).toMatchObject({ code: "ERR_MP_PLATFORM", reason: "no-ticket" });
    expect(error.message).toMatch(/every ten minutes.*startPushTicket/);
    expect(emulator.control.journal.entries()).toEqual([]);
    emulator.control.mpPlatforms.pushTo({
      async to(request) {
        await readPlatformPush(platform, request);
        return new Response("success");
      },
    });
    await startPushTicket(platform);
    await emulator.control.mpPlatforms.deliver();
    const { pre_auth_code } = await createPreAuthCode(platform);
    const redirect_uri = "https://platform.example.com/authorized?shop=1";
    const url = new URL(authorizationUrl(platform, { pre_auth_code, redirect_uri }));
    expect(Object.fromEntries(url.searchParams)).toEqual({
      component_appid,
      pre_auth_code,
      redirect_uri,
      auth_type: "3",
    });
    const mobile = authorizationUrl(platform, {
      pre_auth_code,
      redirect_uri,
      auth_type: 1,
      biz_appid: appid,
      device: "mobile",
    });
    expect(mobile).toMatch(
      /^https:\/\/open\.weixin\.qq\.com\/wxaopen\/safe\/bindcomponent\?action=bindcomponent&no_scan=1&.*&auth_type=1&biz_appid=wx26e3b4a1c0d9f857#wechat_redirect$/,
    );
  });

  it("lists its accounts, and makes calls of its own", async () => {
    const { platform } = await authorized();
    const { total_count, list } = await getAuthorizerList(platform, { count: 1 });
    expect([total_count, list[0]?.authorizer_appid]).toEqual([1, appid]);
    const { authorization_info } = await platformRequest<{ authorization_info: object }>(platform, {
      path: "/cgi-bin/component/api_get_authorizer_info",
      body: { authorizer_appid: appid },
    });
    expect(authorization_info).toMatchObject({ authorizer_appid: appid });
  });

  it("shows neither its secret nor any token, in itself and in errors that repeat them", async () => {
    const store = new Map<string, string>();
    const { platform, mp } = await authorized({ tokenStore: store });
    const hidden = [...store].flatMap(([key, value]) =>
      Object.values(JSON.parse(value) as object).filter(
        (one) => one !== key && /.{20}/.test(String(one)),
      ),
    );
    expect(hidden.length).toBe(4);
    const { encodingAESKey } = credentials.platform;
    const secrets = [component_appsecret, encodingAESKey, ...hidden.map(String)];
    expect(secrets.filter((one) => everythingIn([platform, mp]).includes(one))).toEqual([]);
    const echo = createMpPlatform({
      ...credentials.platform,
      tokenStore: store,
      retry: false,
      fetch: async (input, init) => {
        const body = await new Response(init?.body as BodyInit).text();
        const errmsg = `bad request ${input} ${body} ${encodeURIComponent(body)}`;
        return Response.json({ errcode: 61023, errmsg });
      },
    });
    const { signal } = new AbortController();
    const rejected = String(hidden.at(-1));
    for (const call of [
      startPushTicket(echo),
      createPreAuthCode(echo),
      queryAuth(echo, "queryauthcode@@@secret"),
      Promise.resolve(echo.getAccessToken({ appid, signal, rejected })),
    ]) {
      const error = await failure(call);
      expect(error).toBeInstanceOf(MpApiError);
      const text = everythingIn(error);
      expect(secrets.filter((one) => text.includes(one))).toEqual([]);
      expect(text).not.toContain("queryauthcode@@@secret");
    }
  });
});

describe("a push", () => {
  it("of a ticket is read and kept, as raw text too", async () => {
    const { platform, ticket, raw } = await pushed();
    expect(await readPlatformPush(platform, raw)).toEqual(ticket);
    await createPreAuthCode(platform);
  });

  it("that somebody sends again changes nothing", async () => {
    let time = Date.UTC(2026, 10, 2);
    const { platform, raw, mpPlatforms } = await pushed(undefined, { now: () => time });
    time += HOUR;
    await keepTicket(platform, mpPlatforms.ticket().ComponentVerifyTicket);
    expect(await failure(readPlatformPush(platform, raw))).toMatchObject({ reason: "stale" });
    await readPlatformPush(platform, raw, { maxAge: Number.POSITIVE_INFINITY });
    time += 11.5 * HOUR; // the ticket that was sent again has expired, the other has not
    await createPreAuthCode(platform);
  });
});
