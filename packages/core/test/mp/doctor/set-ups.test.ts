// The doctor of an Official Account against set-ups that are right, and against wrong ones: each finds its cause, and
// none blames another. It sends at most seven requests, forces no token, and shows neither secret nor token.

import { createMpClient, type Fetch, mpRequest } from "@wechat-edge/core";
import { clearQuota, getQuota, type MpCheckup, type MpFinding } from "@wechat-edge/core/mp-doctor";
import { createEmulator, credentials } from "@wechat-edge/emulator";
import { describe, expect, it } from "vitest";
import { countMaterial, failure, tokenOf } from "../../../../../test/support/mp.ts";
import {
  appid,
  type Emulator,
  examine,
  limited,
  NOW,
  OTHER_SECRET,
  PATH,
  type SetUp,
  silent,
} from "../../../../../test/support/mp-checkup.ts";

const DAY = 86_400_000;
const OTHER = "wx00000000000000aa";

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

  it("nothing that it did not see: without a network all but one line is unknown", async () => {
    const { checks, asked } = await examine({ client: { fetch: silent, timeout: 20 } });
    const known = checks.filter(({ code }) => !code.endsWith("-unknown"));
    expect(known.map(({ code }) => code)).toEqual(["network-silent"]);
    expect(asked).toHaveLength(1);
  });
});

describe("quotas", () => {
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
