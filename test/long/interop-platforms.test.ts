// Other people's clients of a third-party platform, unmodified, over TLS under WeChat's own host name: from the first
// ticket to an upload for an account that has authorized the platform.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { clients } from "../interop/platforms/clients.ts";
import { openPlatformStage, type PlatformStage } from "../interop/platforms/open-stage.ts";
import { appid } from "../interop/platforms/platform-client.ts";
import { headerOf } from "../interop/sent-form.ts";

let stage: PlatformStage;
beforeAll(async () => {
  stage = await openPlatformStage();
});
afterAll(() => stage.close());

describe("under WeChat's host name", () => {
  it.each(clients)("$name acts for an account that has authorized it", async ({ name }) => {
    const { report, exchanges } = await stage.run(name);
    const values = Object.fromEntries(
      Object.entries(report).map(([step, result]) => [
        step,
        "value" in result ? result.value : result.error,
      ]),
    );
    const { mpMedia } = stage.emulator.control;
    expect(values).toEqual({
      ticket: expect.stringMatching(/^ticket@@@/),
      "token of the platform": expect.stringMatching(/^\d\d_/),
      "pre-authorization code": expect.stringMatching(/^preauthcode@@@/),
      "code pushed": expect.stringMatching(/^queryauthcode@@@/),
      "code exchanged": appid,
      "token of the account": expect.stringMatching(/^\d\d_/),
      "picture uploaded": mpMedia[0]?.media_id,
      "withdrawal pushed": appid,
    });
    expect(mpMedia).toMatchObject([{ appid, kind: "temporary" }]);
    expect(exchanges.length).toBeGreaterThan(4);
    expect(
      exchanges.filter((one) => headerOf(one, "host")?.startsWith("api.weixin.qq.com") !== true),
    ).toEqual([]);
  });
});
