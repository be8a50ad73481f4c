// The doctor of an Official Account against set-ups that are right, and against wrong ones: each finds its cause, and
// none blames another. It sends at most seven requests, forces no token, and shows neither secret nor token.

import {
  createMpClient,
  type Fetch,
  type MpClient,
  type MpClientOptions,
  mpRequest,
} from "@wechat-edge/core";
import {
  checkMpClient,
  clearQuota,
  getQuota,
  getRid,
  type MpCheckup,
  type MpFinding,
} from "@wechat-edge/core/mp-doctor";
import { createEmulator, credentials } from "@wechat-edge/emulator";
import { describe, expect, it } from "vitest";
import { countMaterial, failure, mpOverHttp, tokenOf } from "../../support/mp.ts";

type EmulatorOptions = NonNullable<Parameters<typeof createEmulator>[0]>;
type Emulator = ReturnType<typeof createEmulator>;

interface SetUp {
  readonly client?: Partial<MpClientOptions>;
  readonly emulator?: EmulatorOptions;
  /** Before the check; may return the client to check. */
  readonly prepare?: (emulator: Emulator, client: MpClient) => unknown;
}

const { appid, secret } = credentials.mp;
const NOW = Date.UTC(2026, 10, 22, 8, 0, 0);
const DAY = 86_400_000;
const OTHER = "wx00000000000000aa";
const OTHER_SECRET = "ffffffffffffffffffffffffffffffff";

async function examine({ client = {}, emulator: options, prepare }: SetUp) {
  const emulator = createEmulator({ now: () => NOW, ...options });
  const tokens: string[] = [];
  let asked: string[] = [];
  const fetch: Fetch = async (url, init) => {
    const { pathname, searchParams } = new URL(url);
    asked.push(pathname);
    tokens.push(searchParams.get("access_token") ?? "");
    return (client.fetch ?? emulator.fetch)(url, init);
  };
  const own = client.getAccessToken === undefined ? credentials.mp : { appid };
  const sleep = async (): Promise<void> => undefined;
  const mp = createMpClient({ now: () => NOW, sleep, ...own, ...client, fetch });
  await prepare?.(emulator, mp);
  asked = [];
  const checkup = await checkMpClient(mp);
  expect(asked).toHaveLength(checkup.requests);
  expect(checkup.requests).toBeLessThanOrEqual(7);
  expect(emulator.control.tokens.calls(appid).forced).toBe(0);
  for (const hidden of [secret, OTHER_SECRET, ...tokens.filter((token) => token !== "")]) {
    expect(checkup.text).not.toContain(hidden);
  }
  return { ...checkup, asked };
}

const failures = ({ checks }: MpCheckup): MpFinding[] =>
  checks.filter(({ state }) => state === "failed").map(({ code }) => code);

const refused = (errcode: number, path = "/cgi-bin/stable_token"): SetUp => ({
  emulator: { faults: [{ kind: "mp-error", errcode, times: 0, match: { path } }] },
});
/** A token server that has the token of another account, or an old one. */
const served = (token: (emulator: Emulator) => Promise<string> | string): SetUp => {
  let given = "";
  return {
    client: { getAccessToken: () => given },
    prepare: async (emulator) => {
      given = await token(emulator);
    },
  };
};
const tokenFrom = ({ fetch }: Emulator, of: { appid: string; secret: string }): Promise<string> =>
  tokenOf(createMpClient({ ...of, fetch }));
const silent: Fetch = async (_, init) =>
  new Promise((_, reject) => {
    init?.signal?.addEventListener("abort", () => reject(new Error("aborted")));
  });

const right: Record<string, SetUp> = {
  "stable tokens": {},
  "plain tokens": { client: { token: "plain" } },
  "a token that the client has already": {
    client: { token: "plain" },
    prepare: (_, mp) => countMaterial(mp),
  },
  "a token server": served((emulator) => tokenFrom(emulator, credentials.mp)),
  "a proxy with a path": { client: { baseUrl: "http://relay.example/wechat", fetch: relay() } },
  "4 minutes fast": { client: { now: () => NOW + 240_000 } },
  "without the publish library": { emulator: { accounts: [{ appid, mediaApi: false }] } },
};

function relay(): Fetch {
  const { fetch } = createEmulator({ now: () => NOW });
  return (url, init) => fetch(url.replace("/wechat", ""), init);
}

const wrong: Record<string, SetUp & { readonly finds: MpFinding | readonly MpFinding[] }> = {
  "wrong secret, 40125": { client: { secret: OTHER_SECRET }, finds: "secret-wrong" },
  "wrong secret, 40001": {
    client: { secret: OTHER_SECRET },
    emulator: { wrongSecret: 40001 },
    finds: "secret-wrong",
  },
  "secret of another account": {
    client: { secret: OTHER_SECRET },
    emulator: { accounts: [{ appid: OTHER, secret: OTHER_SECRET }] },
    finds: "secret-wrong",
  },
  "wrong secret, plain tokens": {
    client: { secret: OTHER_SECRET, token: "plain" },
    finds: "secret-wrong",
  },
  "wrong appid": { client: { appid: OTHER }, finds: "appid-wrong" },
  "frozen secret": {
    emulator: { accounts: [{ appid, secretFrozen: true }] },
    finds: "secret-frozen",
  },
  "address not in the whitelist": {
    emulator: { accounts: [{ appid, ipWhitelist: ["203.0.113.7"] }] },
    finds: "ip-whitelist-missing",
  },
  "address not in the whitelist, of a token server's caller": {
    ...served(async (emulator) => {
      const token = await tokenFrom(emulator, credentials.mp);
      emulator.control.seed({ accounts: [{ appid, ipWhitelist: ["203.0.113.7"] }] });
      return token;
    }),
    finds: "ip-whitelist-missing",
  },
  "an administrator must confirm": { ...refused(89503), finds: "ip-whitelist-confirm" },
  "an administrator is being asked": { ...refused(89501), finds: "ip-whitelist-confirm" },
  "refused for a day": { ...refused(89506), finds: "ip-whitelist-refused" },
  "refused for an hour": { ...refused(89507), finds: "ip-whitelist-refused" },
  "account restricted": { ...refused(50002), finds: "account-restricted" },
  "account may take no tokens": { ...refused(50004), finds: "account-no-tokens" },
  "account frozen": { ...refused(50007), finds: "account-frozen" },
  "no right to material": {
    ...refused(48001, "/cgi-bin/material/get_materialcount"),
    finds: ["material-denied"],
  },
  "account without verification": {
    emulator: { accounts: [{ appid, verified: false, mediaApi: false }] },
    finds: "publishing-denied",
  },
  "quota used up": {
    emulator: { accounts: [{ appid, dailyLimits: { "/cgi-bin/draft/add": 1 } }] },
    prepare: (_, mp) => failure(mpRequest(mp, { method: "POST", path: "/cgi-bin/draft/add" })),
    finds: "quota-used-up",
  },
  "a refusal that no line is about": { ...refused(40002), finds: "token-none" },
  "quota of tokens used up": { ...refused(45009), finds: "quota-used-up" },
  "clock two days fast": { client: { now: () => NOW + 2 * DAY }, finds: "clock-fast" },
  "clock two days slow": { client: { now: () => NOW - 2 * DAY }, finds: "clock-slow" },
  "a captive portal": {
    emulator: { faults: [{ kind: "html", status: 200, times: 0 }] },
    finds: "network-proxy",
  },
  "a redirect to a login": {
    emulator: { faults: [{ kind: "redirect", location: "https://login.example/", times: 0 }] },
    finds: "network-proxy",
  },
  "another host's 404": { client: { baseUrl: "https://api.example/v2" }, finds: "network-proxy" },
  "no answer": { client: { fetch: silent, timeout: 20 }, finds: "network-silent" },
  "no such host": {
    client: { fetch: () => Promise.reject(new TypeError("getaddrinfo ENOTFOUND")) },
    finds: "network-silent",
  },
  "a token server with an old token": {
    ...served(async (emulator) => {
      const token = await tokenFrom(emulator, credentials.mp);
      emulator.control.tokens.expire(appid);
      return token;
    }),
    finds: "token-refused",
  },
  "a token server of another account": {
    ...served((emulator) => {
      emulator.control.seed({ accounts: [{ appid: OTHER, secret: OTHER_SECRET }] });
      return tokenFrom(emulator, { appid: OTHER, secret: OTHER_SECRET });
    }),
    finds: "appid-other",
  },
  "a token server that fails": {
    client: { getAccessToken: () => Promise.reject(new Error(`redis: ${OTHER_SECRET} refused`)) },
    finds: "token-missing",
  },
  "a token server that gives nothing": {
    client: { getAccessToken: (): string => undefined as never },
    finds: "token-missing",
  },
  "a plain token that another machine ended": {
    client: { token: "plain" },
    prepare: async (emulator, mp) => {
      await countMaterial(mp);
      emulator.control.tokens.kill(appid);
    },
    finds: "token-superseded",
  },
  "a stable token that another program ended": {
    prepare: async (emulator, mp) => {
      await countMaterial(mp);
      emulator.control.tokens.kill(appid);
    },
    finds: "token-refused",
  },
};

describe("checkMpClient finds nothing wrong with", () => {
  it.each(Object.entries(right))("%s", async (_, setUp) => {
    const checkup = await examine(setUp);
    expect(failures(checkup), checkup.text).toEqual([]);
    expect(checkup.ok).toBe(true);
    const unknown = checkup.checks.filter(({ state }) => state === "unknown");
    const allowed = ["secret-absent", "secret-unknown", "media-api-denied", "appid-unknown"];
    expect(unknown.filter(({ code }) => !allowed.includes(code))).toEqual([]);
  });
});

describe("checkMpClient finds", () => {
  it.each(Object.entries(wrong))("%s", async (_, { finds, ...setUp }) => {
    const checkup = await examine(setUp);
    expect(failures(checkup), checkup.text).toEqual([finds].flat());
    const [line] = checkup.checks.filter(({ state }) => state === "failed");
    expect(line?.todo).toMatch(/\.$/);
    expect(checkup.ok).toBe(false);
  });

  it("the address to add, in the line about the whitelist", async () => {
    const { checks } = await examine({
      emulator: {
        clientIp: "198.51.100.23",
        accounts: [{ appid, ipWhitelist: ["203.0.113.7"] }],
      },
    });
    expect(checks.find(({ name }) => name === "ip-whitelist")?.todo).toContain("198.51.100.23");
  });

  it("nothing that it did not see: without a network all but one line is unknown", async () => {
    const { checks, asked } = await examine({ client: { fetch: silent, timeout: 20 } });
    const known = checks.filter(({ code }) => !code.endsWith("-unknown"));
    expect(known.map(({ code }) => code)).toEqual(["network-silent"]);
    expect(asked).toHaveLength(1);
  });

  it("the same over HTTP", async () => {
    const { checks } = await checkMpClient(mpOverHttp({ secret: OTHER_SECRET }));
    const failed = checks.filter(({ state }) => state === "failed");
    expect(failed.map(({ code }) => code)).toEqual(["secret-wrong"]);
  });

  it("no reason to go on after an abort", async () => {
    const controller = new AbortController();
    const fetch: Fetch = (url, init) => {
      controller.abort(new Error("enough"));
      return silent(url, init);
    };
    const mp = createMpClient({ ...credentials.mp, fetch });
    const check = checkMpClient(mp, { signal: controller.signal });
    await expect(check).rejects.toThrow("enough");
  });
});

describe("quotas", () => {
  const PATH = "/cgi-bin/material/get_materialcount";
  const limited = () => {
    const emulator = createEmulator({ accounts: [{ appid, dailyLimits: { [PATH]: 2 } }] });
    return { emulator, mp: createMpClient({ ...credentials.mp, fetch: emulator.fetch }) };
  };

  it("are read and cleared, ten times a month", async () => {
    const { mp } = limited();
    await countMaterial(mp);
    expect(await getQuota(mp, { cgi_path: PATH })).toEqual({ daily_limit: 2, used: 1, remain: 1 });
    await countMaterial(mp);
    expect(await failure(countMaterial(mp))).toMatchObject({ errcode: 45009 });
    for (let time = 1; time <= 10; time++) await clearQuota(mp, { bySecret: time % 2 === 0 });
    expect(await getQuota(mp, { cgi_path: PATH })).toMatchObject({ used: 0, remain: 2 });
    expect(await failure(clearQuota(mp))).toMatchObject({
      errcode: 48006,
      message: expect.stringContaining("ten times this month"),
    });
    await countMaterial(mp);
  });

  it("of one call are cleared alone, fifty times a month", async () => {
    const { mp } = limited();
    const other = "/cgi-bin/openapi/quota/get";
    await countMaterial(mp);
    for (let time = 1; time <= 50; time++) await clearQuota(mp, { cgi_path: PATH });
    expect(await getQuota(mp, { cgi_path: PATH })).toMatchObject({ used: 0, remain: 2 });
    expect(await getQuota(mp, { cgi_path: other })).toMatchObject({ used: 2 });
    expect(await failure(clearQuota(mp, { cgi_path: PATH }))).toMatchObject({
      errcode: 76022,
      message: expect.stringContaining("fifty times this month"),
    });
    await clearQuota(mp);
    const both = clearQuota(mp, { cgi_path: PATH, bySecret: true });
    await expect(both).rejects.toThrow(/cgi_path or bySecret, not both/);
  });

  it("are not cleared twice after a lost reply", async () => {
    for (const bySecret of [false, true]) {
      const { mp, emulator } = limited();
      const match = { path: "/cgi-bin/clear_quota*" };
      emulator.control.faults.add({ kind: "cut", at: "before", match });
      expect(await failure(clearQuota(mp, { bySecret }))).toMatchObject({
        code: "ERR_OUTCOME_UNKNOWN",
        step: "clearQuota",
      });
      const paths = emulator.control.journal.entries().map(({ path }) => path);
      expect(paths.filter((path) => path.startsWith("/cgi-bin/clear_quota"))).toHaveLength(1);
    }
  });

  it("of unknown calls are refused, with advice", async () => {
    const { mp } = limited();
    const unknown = getQuota(mp, { cgi_path: "/cgi-bin/no/such/call" });
    expect(await failure(unknown)).toMatchObject({
      errcode: 76021,
      message: expect.stringContaining("no call of this cgi_path"),
    });
    for (const cgi_path of ["https://api.weixin.qq.com/cgi-bin/token", "cgi-bin/token", ""]) {
      await expect(getQuota(mp, { cgi_path })).rejects.toThrow(TypeError);
    }
  });

  it("of a client without a secret are cleared by its token alone", async () => {
    const { emulator } = limited();
    const token = await tokenFrom(emulator, credentials.mp);
    const mp = createMpClient({ appid, getAccessToken: () => token, fetch: emulator.fetch });
    await expect(clearQuota(mp, { bySecret: true })).rejects.toThrow(/bySecret needs a client/);
    await clearQuota(mp);
  });
});

describe("a rid", () => {
  it("is explained without its token", async () => {
    const emulator = createEmulator();
    const mp = createMpClient({ ...credentials.mp, fetch: emulator.fetch });
    await tokenOf(mp);
    emulator.control.faults.add({ kind: "mp-error", errcode: 45009 });
    const rid = String((await failure(countMaterial(mp)))["rid"]);
    expect(await getRid(mp, { rid })).toMatchObject({
      request_url: "access_token=***",
      response_body: expect.stringContaining(`rid: ${rid}`),
      client_ip: "127.0.0.1",
    });
    const unknown = getRid(mp, { rid: "61725984-6126f6f9-040f19c4" });
    expect(await failure(unknown)).toMatchObject({ errcode: 76001 });
    await expect(getRid(mp, { rid: "no rid at all" })).rejects.toThrow(TypeError);
  });
});
