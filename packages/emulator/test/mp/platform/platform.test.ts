import { describe, expect, it } from "vitest";
import { createEmulator, credentials, platformEndpoints } from "../../../src/index.ts";

const { component_appid, component_appsecret, encodingAESKey } = credentials.platform;
const { appid } = credentials.mp;
const ORIGIN = "https://api.weixin.qq.com";
const HOUR = 3_600_000;

type Json = Record<string, unknown>;

/** A platform as a plain client: it knows nothing but paths and fields. */
function platformOf(options: Parameters<typeof createEmulator>[0] = {}) {
  let time = Date.UTC(2026, 10, 2);
  const { fetch, control } = createEmulator({ now: () => time, errmsgTail: "none", ...options });
  const call = async (name: string, body: Json, token?: string, query = "component_access_token") =>
    (
      await fetch(
        `${ORIGIN}/cgi-bin/component/${name}${token === undefined ? "" : `?${query}=${token}`}`,
        { method: "POST", body: JSON.stringify(body) },
      )
    ).json() as Promise<Json>;
  const componentToken = async (ticket = control.mpPlatforms.ticket().ComponentVerifyTicket) =>
    call("api_component_token", {
      component_appid,
      component_appsecret,
      component_verify_ticket: ticket,
    });
  const own = async (): Promise<string> =>
    String((await componentToken())["component_access_token"]);
  const count = async (access_token: string): Promise<Json> =>
    (
      await fetch(`${ORIGIN}/cgi-bin/material/get_materialcount?access_token=${access_token}`)
    ).json() as Promise<Json>;
  return {
    control,
    fetch,
    call,
    componentToken,
    own,
    count,
    pass: (ms: number): void => {
      time += ms;
    },
    authorized: async (functions?: readonly number[]) => {
      const token = await own();
      const { AuthorizationCode: authorization_code } = control.mpPlatforms.authorize(
        appid,
        functions && { functions },
      );
      const { authorization_info } = await call(
        "api_query_auth",
        { component_appid, authorization_code },
        token,
      );
      const info = authorization_info as Json;
      const refresh = (authorizer_refresh_token = info["authorizer_refresh_token"]) =>
        call(
          "api_authorizer_token",
          { component_appid, authorizer_appid: appid, authorizer_refresh_token },
          token,
        );
      return { token, info, access: String(info["authorizer_access_token"]), refresh };
    },
  };
}

const codeOf = ({ errcode }: Json): unknown => errcode;

describe("the token of a platform", () => {
  it("costs a valid ticket and the secret", async () => {
    const { componentToken, call, control, pass } = platformOf();
    expect(await componentToken()).toEqual({
      component_access_token: expect.stringMatching(/^\d\d_/),
      expires_in: 7200,
    });
    expect(codeOf(await componentToken("ticket@@@none"))).toBe(61006);
    const { ComponentVerifyTicket } = control.mpPlatforms.ticket();
    pass(12 * HOUR);
    expect(codeOf(await componentToken(ComponentVerifyTicket))).toBe(61005);
    const body = { component_appid, component_appsecret: "wrong", component_verify_ticket: "t" };
    expect(codeOf(await call("api_component_token", body))).toBe(40125);
    const foreign = { ...body, component_appid: "wx0000000000000000" };
    expect(codeOf(await call("api_component_token", foreign))).toBe(61011);
    const { component_appsecret: _, ...without } = body;
    expect(codeOf(await call("api_component_token", without))).toBe(41004);
  });

  it("works for two hours under either name, and five minutes after the next one", async () => {
    const { own, call, pass, control } = platformOf();
    const first = await own();
    const codes = async (token: string): Promise<unknown[]> => {
      const body = { component_appid };
      const replies = await Promise.all([
        call("api_create_preauthcode", body, token),
        call("api_create_preauthcode", body, token, "access_token"),
      ]);
      return replies.map((reply) => reply["errcode"] ?? reply["expires_in"]);
    };
    expect(await codes(first)).toEqual([600, 600]);
    const second = await own();
    expect(await codes(first)).toEqual([600, 600]);
    pass(300_000);
    expect(await codes(first)).toEqual([40001, 40001]);
    pass(2 * HOUR);
    expect(await codes(second)).toEqual([42001, 42001]);
    const third = await own();
    control.tokens.kill(component_appid);
    expect(await codes(third)).toEqual([40001, 40001]);
    expect(codeOf(await call("api_create_preauthcode", { component_appid }))).toBe(41001);
    expect(codeOf(await call("api_create_preauthcode", { component_appid }, "none"))).toBe(40001);
    expect(codeOf(await call("api_create_preauthcode", { component_appid }, "a b"))).toBe(40014);
  });

  it("is for calls of the platform, and an account's for the others", async () => {
    const { authorized, count, call } = platformOf();
    const { token, access } = await authorized();
    expect(codeOf(await count(token))).toBe(61015);
    expect(codeOf(await call("api_create_preauthcode", { component_appid }, access))).toBe(61014);
    const foreign = { component_appid: "wx0000000000000000" };
    expect(codeOf(await call("api_create_preauthcode", foreign, token))).toBe(40013);
  });
});

describe("an authorization", () => {
  it("gives tokens that work for the account, as long as it lasts", async () => {
    const { authorized, count, control } = platformOf();
    const { access, info, refresh } = await authorized();
    expect(info).toMatchObject({ authorizer_appid: appid, expires_in: 7200 });
    expect(await count(access)).toHaveProperty("image_count");
    expect(await refresh()).toMatchObject({
      authorizer_refresh_token: info["authorizer_refresh_token"],
      expires_in: 7200,
    });
    expect(control.mpPlatforms.revoke(appid)).toMatchObject({ InfoType: "unauthorized" });
    expect(codeOf(await count(access))).toBe(40001);
    expect(codeOf(await refresh())).toBe(61003);
  });

  it("replaces the refresh token with every refresh, where it is told so", async () => {
    const { authorized } = platformOf({ authorizerRefreshToken: "rotate" });
    const { info, refresh } = await authorized();
    const next = await refresh();
    expect(next["authorizer_refresh_token"]).not.toBe(info["authorizer_refresh_token"]);
    expect(codeOf(await refresh())).toBe(61023);
    expect(await refresh(next["authorizer_refresh_token"])).toHaveProperty("expires_in");
  });

  it("ends the refresh token before it, as a thief's refresh does", async () => {
    const { authorized, control, call } = platformOf();
    const { refresh, token } = await authorized();
    expect(control.mpPlatforms.authorize(appid).InfoType).toBe("updateauthorized");
    expect(codeOf(await refresh())).toBe(61023);
    const stolen = control.mpPlatforms.rotate(appid);
    expect(await refresh(stolen)).toHaveProperty("expires_in");
    const page = { component_appid, offset: 0, count: 500 };
    expect(await call("api_get_authorizer_list", page, token)).toEqual({
      total_count: 1,
      list: [
        {
          authorizer_appid: appid,
          refresh_token: stolen,
          auth_time: Date.UTC(2026, 10, 2) / 1000,
        },
      ],
    });
    const beyond = { ...page, count: 501 };
    expect(codeOf(await call("api_get_authorizer_list", beyond, token))).toBe(40170);
    const after = { ...page, offset: 1 };
    expect(await call("api_get_authorizer_list", after, token)).toMatchObject({ list: [] });
  });

  it("has a code that expires after ten minutes", async () => {
    const { own, call, control, pass } = platformOf();
    const { AuthorizationCode: authorization_code } = control.mpPlatforms.authorize(appid);
    const token = await own();
    const body = { component_appid, authorization_code };
    expect(await call("api_query_auth", body, token)).toHaveProperty("authorization_info");
    expect(await call("api_query_auth", body, token)).toHaveProperty("authorization_info");
    pass(600_000);
    expect(codeOf(await call("api_query_auth", body, token))).toBe(61010);
    const wrong = { component_appid, authorization_code: "none" };
    expect(codeOf(await call("api_query_auth", wrong, token))).toBe(61009);
  });

  it.each([
    [[1], undefined, 61007],
    [[11], undefined, undefined],
    [[7, 15], undefined, 61007],
    [[11], ["203.0.113.7"], 61004],
  ])("of the permission sets %o from the addresses %o answers %s", async (functions, ips, code) => {
    const platforms = [{ component_appid, ...(ips && { ipWhitelist: ips }) }];
    const { control, authorized, count } = platformOf({ platforms });
    if (ips) control.clientIp = ips[0];
    const { access } = await authorized(functions);
    control.clientIp = undefined;
    expect(codeOf(await count(access))).toBe(code);
  });

  it("is not for the account's own IP whitelist, which its own tokens have", async () => {
    const accounts = [{ appid, ipWhitelist: ["203.0.113.7"] }];
    const { authorized, count } = platformOf({ accounts });
    const { access } = await authorized();
    expect(await count(access)).toHaveProperty("image_count");
  });

  it("shows who the account is", async () => {
    const { authorized, call } = platformOf();
    const { token } = await authorized();
    const of = (authorizer_appid: string) =>
      call("api_get_authorizer_info", { component_appid, authorizer_appid }, token);
    expect(await of(appid)).toMatchObject({
      authorizer_info: { nick_name: `Account ${appid}` },
      authorization_info: { authorizer_appid: appid },
    });
    expect(codeOf(await of("wx0000000000000000"))).toBe(40013);
  });
});

describe("pushes", () => {
  it("of tickets come every ten minutes, none of those that a leap of the clock left behind", async () => {
    const { control, pass } = platformOf();
    const arrived: Request[] = [];
    control.mpPlatforms.pushTo({
      to: (request) => {
        arrived.push(request);
        return new Response("success");
      },
    });
    await control.mpPlatforms.deliver();
    expect(arrived.length).toBe(1);
    pass(599_999);
    await control.mpPlatforms.deliver();
    expect(arrived.length).toBe(1);
    pass(1);
    await Promise.all([control.mpPlatforms.deliver(), control.mpPlatforms.deliver()]);
    expect(arrived.length).toBe(2);
    pass(HOUR);
    await control.mpPlatforms.deliver();
    expect(arrived.length).toBe(8);
    pass(100 * HOUR);
    await control.mpPlatforms.deliver();
    expect(arrived.length).toBe(8 + 73);
    const [first] = arrived;
    expect(Object.fromEntries(new URL(first?.url ?? "").searchParams)).toMatchObject({
      encrypt_type: "aes",
      msg_signature: expect.stringMatching(/^[\da-f]{40}$/),
    });
    expect(await first?.text()).toMatch(
      new RegExp(`^<xml><AppId><!\\[CDATA\\[${component_appid}\\]\\]></AppId><Encrypt>`),
    );
    control.mpPlatforms.pushTo(undefined);
    pass(HOUR);
    await control.mpPlatforms.deliver();
    expect(arrived.length).toBe(81);
  });

  it("end within a delivery too, and begin with one ticket", async () => {
    const { control, pass } = platformOf();
    let arrived = 0;
    const to = () => {
      arrived += 1;
      if (arrived === 2) control.mpPlatforms.pushTo(undefined);
      return new Response("success");
    };
    control.mpPlatforms.pushTo({ to });
    pass(HOUR);
    await control.mpPlatforms.deliver();
    expect(arrived).toBe(2);
    pass(HOUR);
    control.mpPlatforms.pushTo({ to });
    await control.mpPlatforms.deliver();
    expect(arrived).toBe(3);
  });

  it("are begun again by api_start_push_ticket", async () => {
    const { control, call } = platformOf();
    let arrived = 0;
    control.mpPlatforms.pushTo({
      to: () => {
        arrived += 1;
        return new Response("success");
      },
    });
    await control.mpPlatforms.deliver();
    const body = { component_appid, component_secret: component_appsecret };
    expect(await call("api_start_push_ticket", body)).toMatchObject({ errcode: 0 });
    await control.mpPlatforms.deliver();
    expect(arrived).toBe(2);
    const wrong = { component_appid, component_secret: "wrong" };
    expect(codeOf(await call("api_start_push_ticket", wrong))).toBe(40125);
  });

  it("need an address", async () => {
    const { control } = platformOf();
    await expect(control.mpPlatforms.push(control.mpPlatforms.ticket())).rejects.toThrow(
      /have no address; set it with pushTo/,
    );
    expect(() => control.mpPlatforms.pushTo({})).toThrow(/"to" or "url"/);
    expect(() => control.mpPlatforms.ticket({ component_appid: "wx1" })).toThrow(/component_appid/);
    expect(() => control.mpPlatforms.authorize("wx1")).toThrow(/^appid is "wx1"/);
    expect(() => control.mpPlatforms.rotate(appid)).toThrow(/has not authorized/);
  });

  it.each([
    [{ messageToken: "my-own-token" }, "platforms[0].messageToken is a string of 12 characters;"],
    [{ encodingAESKey: "my-own-key" }, "platforms[0].encodingAESKey is a string of 10 characters;"],
    [{ component_appsecret: 12345 }, "platforms[0].component_appsecret is a number;"],
  ])("no error tells a secret: %j", (given, message) => {
    const platforms = [{ component_appid: "wx00000000000000aa", ...given }] as never;
    expect(() => createEmulator({ platforms })).toThrow(message);
  });
});

describe("over HTTP", () => {
  const post = async (fetch: typeof globalThis.fetch, body: object): Promise<Json> => {
    const url = "http://localhost/_emulator/mp-platforms";
    return (await fetch(url, { method: "POST", body: JSON.stringify(body) })).json();
  };

  it("the same is set and read", async () => {
    const { fetch, control } = platformOf();
    const ask = (body: object) => post(fetch, body);
    expect(await ask({ authorize: { appid } })).toMatchObject({ InfoType: "authorized" });
    expect(await ask({ ticket: {} })).toMatchObject({ AppId: component_appid });
    expect(await ask({ rotate: { appid } })).toEqual({
      authorizer_refresh_token: control.mpPlatforms.list()[0]?.authorizations[0]?.refresh_token,
    });
    expect(await ask({ pushTo: { url: "http://127.0.0.1:1/events" } })).toEqual({ ok: true });
    expect(await ask({ push: { message: { InfoType: "x" } } })).toMatchObject({
      appid: component_appid,
      state: "waiting",
    });
    expect(await ask({ revoke: { appid } })).toMatchObject({ InfoType: "unauthorized" });
    expect(await ask({ deliver: {} })).toEqual({ ok: true });
    const reply = await fetch("http://localhost/_emulator/mp-platforms");
    const listed = JSON.stringify(await reply.json());
    expect(listed).toContain(component_appid);
    expect(listed).not.toContain(component_appsecret);
    expect(listed).not.toContain(encodingAESKey);
    expect(await ask({})).toHaveProperty("error");
  });

  it("no step takes a field that it does not have", async () => {
    const { fetch, control } = platformOf();
    const wrong = { component_apid: component_appid };
    const url = "http://127.0.0.1:1/events";
    for (const [step, given] of Object.entries({
      pushTo: { url },
      push: { message: { InfoType: "x" } },
      ticket: {},
      authorize: { appid },
      revoke: { appid },
      rotate: { appid },
    })) {
      expect(await post(fetch, { [step]: { ...given, ...wrong } })).toEqual({
        error: expect.stringContaining(
          `body.${step} has no "component_apid". Did you mean "component_appid"?`,
        ),
      });
    }
    expect(await post(fetch, { authorize: { appid, functions: ["1"] } })).toHaveProperty("error");
    expect(await post(fetch, { authorize: {} })).toEqual({
      error: "body.authorize.appid is missing; it must be a non-empty string.",
    });
    expect(control.mpPlatforms.list()[0]?.authorizations).toEqual([]);
    control.mpPlatforms.pushTo({ url });
    const push = { message: { InfoType: "x" }, fault: "stale", component_appid };
    expect(await post(fetch, { push })).toMatchObject({ attempts: [{ fault: "stale" }] });
  });

  it("no route shows the secrets of an option", async () => {
    const own = {
      component_appid: "wx00000000000000aa",
      component_appsecret: "own0secret",
      messageToken: "own0token",
      encodingAESKey: "own".padEnd(43, "0"),
    };
    const { fetch } = platformOf({ platforms: [own] });
    for (const route of ["options", "mp-platforms", "credentials"]) {
      const text = await (await fetch(`http://localhost/_emulator/${route}`)).text();
      if (route !== "credentials") expect(text).toContain(own.component_appid);
      expect(text).not.toMatch(/own0/);
    }
  });

  it("the calls are listed", async () => {
    const { fetch } = platformOf();
    const reply = await fetch("http://localhost/_emulator");
    const { api } = (await reply.json()) as { api: unknown[] };
    for (const endpoint of platformEndpoints) expect(api).toContainEqual(endpoint);
  });
});
