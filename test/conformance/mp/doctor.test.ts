// The doctor of an Official Account against set-ups that are right, and against wrong ones: each finds its cause, and
// none blames another. It sends at most seven requests, forces no token, and shows neither secret nor token.

import { createMpClient, type Fetch } from "@wechat-edge/core";
import { checkMpClient, clearQuota, getQuota, getRid } from "@wechat-edge/core/mp-doctor";
import { createEmulator, credentials } from "@wechat-edge/emulator";
import { describe, expect, it } from "vitest";
import { countMaterial, failure, mpOverHttp, tokenOf } from "../../support/mp.ts";
import { appid, examine, limited, OTHER_SECRET, PATH, silent } from "../../support/mp-checkup.ts";

describe("checkMpClient finds", () => {
  it("the address to add, in the line about the whitelist", async () => {
    const { checks } = await examine({
      emulator: {
        clientIp: "198.51.100.23",
        accounts: [{ appid, ipWhitelist: ["203.0.113.7"] }],
      },
    });
    expect(checks.find(({ name }) => name === "ip-whitelist")?.todo).toContain("198.51.100.23");
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
