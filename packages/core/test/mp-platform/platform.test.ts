// A third-party platform: its ticket, its own token, the tokens of the accounts that have authorized it.

import { createMpClient } from "@wechat-edge/core";
import {
  createMpPlatform,
  createPreAuthCode,
  keepTicket,
  readPlatformPush,
} from "@wechat-edge/core/mp-platform";
import { createEmulator, credentials } from "@wechat-edge/emulator";
import { describe, expect, it } from "vitest";
import { appid, authorized, pushed } from "../../../../test/support/authorized-platform.ts";
import { countMaterial, failure } from "../../../../test/support/mp.ts";
import { callOperation } from "../../../../test/support/operations.ts";
import {
  platformInProcess,
  platformOperations,
} from "../../../../test/support/platform-operations.ts";

const { component_appid, component_appsecret } = credentials.platform;
const HOUR = 3_600_000;

describe("an account that has authorized a platform", () => {
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
});

describe("a platform", () => {
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

  it("needs the token and the key of the platform", async () => {
    const platform = createMpPlatform({ component_appid, component_appsecret });
    expect((await failure(readPlatformPush(platform, { url: "/", body: "" }))).message).toMatch(
      /Pass messageToken and encodingAESKey to createMpPlatform/,
    );
  });
});
