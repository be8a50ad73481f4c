import { createEmulator, credentials } from "@wechat-edge/emulator";
import { describe, expect, it } from "vitest";
import {
  createMpPlatform,
  keepTicket,
  type PlatformRequest,
  platformRequest,
} from "../../src/mp-platform/index.ts";

/** Makes a call whose first reply is lost; returns how often it was sent, and its error. */
async function afterLoss(request: PlatformRequest, options?: { retryUnknown: boolean }) {
  const emulator = createEmulator();
  let sent = 0;
  const platform = createMpPlatform({
    ...credentials.platform,
    retry: { minDelay: 0, maxDelay: 0 },
    fetch: async (input, init) => {
      const reply = await emulator.fetch(input, init);
      if (!String(input).includes(request.path)) return reply;
      sent += 1;
      if (sent === 1) throw new TypeError("the connection was closed");
      return reply;
    },
  });
  const { mpPlatforms } = emulator.control;
  await keepTicket(platform, mpPlatforms.ticket().ComponentVerifyTicket);
  mpPlatforms.authorize(credentials.mp.appid);
  const error = await platformRequest(platform, request, options).then(
    () => undefined,
    (thrown: Error) => thrown.name,
  );
  return [sent, error];
}

const body = { authorizer_appid: credentials.mp.appid };

describe("platformRequest repeats after a lost reply, as mpRequest does,", () => {
  it("a call that only reads by its name", async () => {
    const path = "/cgi-bin/component/api_get_authorizer_info";
    expect(await afterLoss({ path, body })).toEqual([2, undefined]);
    expect(await afterLoss({ path, body }, { retryUnknown: false })).toEqual([
      1,
      "OutcomeUnknownError",
    ]);
  });

  it("and another one only where the caller says so", async () => {
    const path = "/cgi-bin/component/api_create_preauthcode";
    expect(await afterLoss({ path })).toEqual([1, "OutcomeUnknownError"]);
    expect(await afterLoss({ path }, { retryUnknown: true })).toEqual([2, undefined]);
  });
});
