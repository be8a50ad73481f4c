import { describe, expect, it } from "vitest";
import { failure } from "../../../../test/support/mp.ts";
import {
  createMpClient,
  type MpApiError,
  type MpClientOptions,
  mpRequest,
} from "../../src/index.ts";
import { mpParts, readMpAddress } from "../../src/mp/client.ts";

const OWN = { appid: "wx1", secret: "s" };
const PROVIDED = { appid: "wx1", getAccessToken: () => "T" };
const made = (options: object) => () => createMpClient(options as MpClientOptions);

describe("createMpClient", () => {
  it("has WeChat's address, or another, for files too", () => {
    expect({ ...createMpClient(OWN) }).toEqual({
      appid: "wx1",
      baseUrl: "https://api.weixin.qq.com",
      fileBaseUrl: "https://api.weixin.qq.com",
    });
    const baseUrl = "http://localhost:8790/wechat/";
    expect(createMpClient({ ...OWN, baseUrl })).toMatchObject({
      baseUrl: "http://localhost:8790/wechat",
      fileBaseUrl: "http://localhost:8790/wechat",
    });
    const fileBaseUrl = "http://file.api.weixin.qq.com";
    expect(createMpClient({ ...OWN, baseUrl, fileBaseUrl })).toMatchObject({
      baseUrl: "http://localhost:8790/wechat",
      fileBaseUrl,
    });
  });

  it.each([
    "api.weixin.qq.com",
    "ftp://api.weixin.qq.com",
    "https://user@api.weixin.qq.com",
    "https://api.weixin.qq.com/?a=1",
    "https://api.weixin.qq.com/#a",
    "",
  ])("refuses the address %j", (baseUrl) => {
    for (const name of ["baseUrl", "fileBaseUrl"]) {
      expect(made({ ...OWN, [name]: baseUrl })).toThrow(
        new RegExp(
          `^${name} must be an http or https address without query and user name, such as "https://api2\\.weixin\\.qq\\.com", not (?:a string of ${baseUrl.length} characters|an empty string)\\.$`,
        ),
      );
    }
  });

  it("cuts slashes off the end of an address, and no others", () => {
    expect(readMpAddress("baseUrl", "https://a.example/b//c///")).toBe("https://a.example/b//c");
    expect(readMpAddress("baseUrl", "https://a.example")).toBe("https://a.example");
    expect(readMpAddress("baseUrl", undefined, "x")).toBe("x");
  });

  it.each(["a", "wx26e3b4a1c0d9f857", "gh_-9", "a".repeat(64)])("takes the appid %j", (appid) => {
    expect(createMpClient({ ...OWN, appid }).appid).toBe(appid);
  });

  it.each(["", " wx1", "wx1 ", "wx.1", "a".repeat(65), "公众号", 5, undefined])(
    "refuses the appid %j",
    (appid) => {
      expect(made({ ...OWN, appid })).toThrow(
        /^appid must be the AppID of the account, a string such as wx26e3b4a1c0d9f857, not /,
      );
    },
  );

  it.each(["", " s", "s ", "a b", "é", "\u007f", 5, null])("refuses the secret %j", (secret) => {
    expect(made({ ...OWN, secret })).toThrow(
      /^secret must be the AppSecret of the account, a string without spaces, not /,
    );
  });

  it.each(["!", "~", "0123456789abcdef0123456789abcdef"])("takes the secret %j", (secret) => {
    expect(mpParts(createMpClient({ ...OWN, secret })).secret()).toBe(secret);
  });

  it("needs a secret or getAccessToken, one of the two", () => {
    expect(made({ appid: "wx1" })).toThrow(
      /^createMpClient needs secret or getAccessToken, one of the two; neither was given\. With secret/,
    );
    expect(made({ ...OWN, ...PROVIDED })).toThrow(/one of the two; both were given\. With secret/);
    expect(mpParts(createMpClient(PROVIDED)).secret()).toBeUndefined();
  });

  it("knows stable and plain tokens, and those that are provided", () => {
    expect(mpParts(createMpClient(OWN)).tokens.kind).toBe("stable");
    for (const token of ["stable", "plain"] as const) {
      expect(mpParts(createMpClient({ ...OWN, token })).tokens.kind).toBe(token);
    }
    expect(mpParts(createMpClient(PROVIDED)).tokens.kind).toBe("provided");
    expect(made({ ...OWN, token: "old" })).toThrow('token must be "stable" or "plain", not "old".');
  });

  it("keeps no tokens that come from the caller", () => {
    expect(made({ ...PROVIDED, tokenStore: new Map() })).toThrow(
      "tokenStore cannot be used with getAccessToken: tokens that come from you are not stored here.",
    );
  });

  it.each(["getAccessToken", "onStoreError", "fetch", "now", "sleep", "onAttempt"])(
    "takes a function alone for %s",
    (name) => {
      const base = name === "getAccessToken" ? { appid: "wx1" } : OWN;
      expect(made({ ...base, [name]: "text" })).toThrow(new RegExp(`^${name} must be a function`));
    },
  );

  it.each(["baseUrl", "fileBaseUrl"])("takes a text alone for %s", (name) => {
    expect(made({ ...OWN, [name]: {} })).toThrow(new RegExp(`^${name} must be a string`));
  });

  it.each([
    ["appID", "appid"],
    ["secrets", "secret"],
    ["tokens", "token"],
    ["getAccesToken", "getAccessToken"],
    ["tokensStore", "tokenStore"],
    ["onStoreErrors", "onStoreError"],
    ["baseURL", "baseUrl"],
    ["fileBaseURL", "fileBaseUrl"],
    ["messageTokens", "messageToken"],
    ["encodingAesKey", "encodingAESKey"],
    ["messageAppId", "messageAppid"],
    ["timeouts", "timeout"],
  ])("tells who wrote %s of %s", (wrong, right) => {
    expect(made({ ...OWN, [wrong]: "a" })).toThrow(
      `createMpClient has no option ${wrong}. Did you mean ${right}?`,
    );
  });

  it("takes what messages need", () => {
    const messages = {
      messageToken: "token",
      encodingAESKey: "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG",
      messageAppid: "wx2",
    };
    expect(made({ ...OWN, ...messages })).not.toThrow();
  });

  it("needs options", () => {
    expect(made(undefined as never)).toThrow(
      /^createMpClient needs \{ appid, secret or getAccessToken \}, not undefined\.$/,
    );
  });
});

describe("the token store", () => {
  const reply = async () => Response.json({ access_token: "T", expires_in: 7200 });
  const call = { method: "GET", path: "/cgi-bin/x" };

  it("has a key for each address, account and kind", async () => {
    const tokenStore = new Map<string, string>();
    const other = { baseUrl: "https://a.example/b" };
    for (const options of [{}, other, { appid: "wx2" }, { token: "plain" as const }]) {
      await mpRequest(createMpClient({ ...OWN, tokenStore, fetch: reply, ...options }), call);
    }
    expect([...tokenStore.keys()]).toEqual([
      "wechat-edge:token:https://api.weixin.qq.com:wx1:stable",
      "wechat-edge:token:https://a.example/b:wx1:stable",
      "wechat-edge:token:https://api.weixin.qq.com:wx2:stable",
      "wechat-edge:token:https://api.weixin.qq.com:wx1:plain",
    ]);
  });

  it("tells of its errors, and is named in them where it is none", async () => {
    const seen: unknown[] = [];
    const broken = new Error("away");
    const tokenStore = { get: () => Promise.reject(broken), set: () => undefined };
    const options = { tokenStore, onStoreError: (error: unknown) => void seen.push(error) };
    await mpRequest(createMpClient({ ...OWN, ...options, fetch: reply }), call);
    expect(seen).toEqual([broken]);
    expect(made({ ...OWN, tokenStore: {} })).toThrow(/^tokenStore must/);
  });
});

describe("a token that WeChat refuses", () => {
  const call = { method: "GET", path: "/cgi-bin/x" };
  /** Tokens T1, T2 …, or always the same one, of which every one is refused. */
  async function refused(options: Partial<MpClientOptions>, same?: string) {
    let issued = 0;
    const used: (string | null)[] = [];
    const next = (): string => {
      issued += 1;
      return same ?? `T${issued}`;
    };
    const mp = createMpClient({
      appid: "wx1",
      ...(options.getAccessToken === undefined && { secret: "s" }),
      fetch: async (url) => {
        const { pathname, searchParams } = new URL(url);
        if (pathname.endsWith("token")) {
          return Response.json({ access_token: next(), expires_in: 7200 });
        }
        used.push(searchParams.get("access_token"));
        return Response.json({ errcode: 40001, errmsg: "invalid credential" });
      },
      ...options,
    });
    return { error: (await failure(mpRequest(mp, call))) as unknown as MpApiError, used };
  }

  it("is replaced once, and what came of that is told", async () => {
    const stable = await refused({});
    expect(stable.used).toEqual(["T1", "T2"]);
    expect(stable.error).toMatchObject({ code: "ERR_MP_API", errcode: 40001 });
    expect(stable.error.message).toContain(
      "WeChat refused two different tokens, one after the other. The token was taken with the secret of wx1 itself, and /cgi-bin/token does not affect it, so another program must be forcing new tokens (force_refresh of /cgi-bin/stable_token), and each new token invalidates the one before.",
    );
    const plain = await refused({ token: "plain" });
    expect(plain.used).toEqual(["T1", "T2"]);
    expect(plain.error.message).toContain(
      'The token was taken with the secret of wx1 itself, so another program must be requesting new tokens (/cgi-bin/token), and each new token invalidates the one before. Let one process alone request tokens, or use token: "stable".',
    );
  });

  it("may be the same again", async () => {
    const stable = await refused({}, "S");
    expect(stable.used).toEqual(["S"]);
    expect(stable.error.message).toContain(
      "WeChat returned the same token that it had refused. The token was taken",
    );
    expect(stable.error.message).toMatch(
      / A new token can be forced once in 30 seconds and 20 times a day: try again later\.$/,
    );
    const plain = await refused({ token: "plain" }, "S");
    expect(plain.used).toEqual(["S"]);
    expect(plain.error.message).toMatch(/or use token: "stable"\.$/);
  });

  it("is replaced twice where the caller provides them, who may have had one that was refused", async () => {
    let given = 0;
    const different = await refused({ getAccessToken: () => `P${++given}` });
    expect(different.used).toEqual(["P1", "P2", "P3"]);
    expect(different.error.message).toContain(
      "WeChat refused two different tokens, one after the other. Either getAccessToken returns tokens of another account than wx1, or another program requests new tokens, and each new token invalidates the one before. Check which account these tokens belong to, and which programs request tokens.",
    );
    const same = await refused({ getAccessToken: () => "P" });
    expect(same.used).toEqual(["P"]);
    expect(same.error.message).toContain("WeChat returned the same token that it had refused.");
  });
});
