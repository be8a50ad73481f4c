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
import { createEmulator, credentials } from "@wechat-edge/emulator";
import { describe, expect, it } from "vitest";
import { countMaterial, everythingIn, failure } from "../../support/mp.ts";
import { callOperation } from "../../support/operations.ts";
import { platformInProcess, platformOperations } from "../../support/platform-operations.ts";

const { component_appid, component_appsecret } = credentials.platform;
const { appid } = credentials.mp;
const HOUR = 3_600_000;

/** A platform that has its ticket, and a client of an account that has authorized it. */
async function authorized(options: object = {}) {
  const { platform, emulator } = platformInProcess(options);
  const { mpPlatforms } = emulator.control;
  await keepTicket(platform, mpPlatforms.ticket().ComponentVerifyTicket);
  const { AuthorizationCode } = mpPlatforms.authorize(appid);
  const authorization = await queryAuth(platform, AuthorizationCode);
  const { getAccessToken } = platform;
  const mp = createMpClient({ appid, getAccessToken, fetch: emulator.fetch });
  return { ...emulator.control, platform, emulator, mp, authorization };
}

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

  it("lets the platform do what it has granted, and nothing else", async () => {
    const { mp, mpPlatforms } = await authorized();
    mpPlatforms.authorize(appid, { functions: [2] });
    expect(await failure(countMaterial(mp))).toMatchObject({ errcode: 61007 });
  });

  it.each([
    ["was used by somebody else", 1],
    ["was used twice by somebody else", 2],
  ])("is mended where its refresh token %s", async (_, times) => {
    const { mp, tokens, mpPlatforms } = await authorized();
    for (let time = 0; time < times; time++) mpPlatforms.rotate(appid);
    tokens.kill(appid);
    await countMaterial(mp);
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

  it("says so where its ticket is no good, or too old", async () => {
    let time = Date.UTC(2026, 10, 2);
    const now = (): number => time;
    const { platform, emulator } = platformInProcess({ now });
    await keepTicket(platform, "ticket@@@of_another");
    const wrong = await failure(createPreAuthCode(platform));
    expect(wrong).toMatchObject({ errcode: 61006 });
    expect(wrong.message).toMatch(/The ticket is wrong or too old.*every ten minutes/);
    await keepTicket(platform, emulator.control.mpPlatforms.ticket().ComponentVerifyTicket);
    time += 12 * HOUR;
    expect(await failure(createPreAuthCode(platform))).toMatchObject({ reason: "no-ticket" });
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

  it("is told from a client, and from a copy of itself, by every function", async () => {
    const { platform } = platformInProcess();
    const mp = createMpClient({ ...credentials.mp, fetch: createEmulator().fetch });
    for (const operation of Object.values(platformOperations)) {
      const wrong = await failure(callOperation(operation, mp));
      expect(wrong.message).toBe(
        "The first argument must be a client from createMpPlatform; it is one from createMpClient.",
      );
      const copy = await failure(callOperation(operation, { ...platform }));
      expect(copy.message).toMatch(/must be a client from createMpPlatform, not an object/);
    }
  });
});

describe("a push", () => {
  /** What arrives at the address, and what reading it gives. */
  async function pushed(
    fault?: "tampered" | "wrong-signature" | "stale" | "other-appid" | "clear",
    options: object = {},
  ) {
    const { platform, emulator } = platformInProcess({ tokenStore: new Map(), ...options });
    const { mpPlatforms } = emulator.control;
    let arrived: { url: string; body: string } | undefined;
    mpPlatforms.pushTo({
      async to(request) {
        arrived = { url: request.url, body: await request.text() };
        return new Response("success");
      },
    });
    const ticket = mpPlatforms.ticket();
    await mpPlatforms.push(ticket, { ...(fault && { fault }) });
    if (arrived === undefined) throw new Error("Nothing arrived.");
    return { platform, ticket, raw: arrived, mpPlatforms };
  }

  it("of a ticket is read and kept, as raw text too", async () => {
    const { platform, ticket, raw } = await pushed();
    expect(await readPlatformPush(platform, raw)).toEqual(ticket);
    await createPreAuthCode(platform);
  });

  it.each([
    ["tampered", "signature"],
    ["wrong-signature", "signature"],
    ["stale", "stale"],
    ["other-appid", "appid"],
    ["clear", "query"],
  ] as const)("that is %s is refused, and its ticket is not kept", async (fault, reason) => {
    const { platform, raw } = await pushed(fault);
    expect(await failure(readPlatformPush(platform, raw))).toMatchObject({
      code: "ERR_MESSAGE",
      reason,
    });
    expect(await failure(createPreAuthCode(platform))).toMatchObject({ reason: "no-ticket" });
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

  it("needs the token and the key of the platform", async () => {
    const platform = createMpPlatform({ component_appid, component_appsecret });
    expect((await failure(readPlatformPush(platform, { url: "/", body: "" }))).message).toMatch(
      /Pass messageToken and encodingAESKey to createMpPlatform/,
    );
  });
});
