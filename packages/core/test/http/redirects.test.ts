// A redirect could carry a token, a signature or a file to another host, so that no call follows one.

import { createMpClient, createPayClient, type Fetch } from "@wechat-edge/core";
import { checkMpClient } from "@wechat-edge/core/mp-doctor";
import { createMpPlatform } from "@wechat-edge/core/mp-platform";
import { checkPayClient } from "@wechat-edge/core/pay-doctor";
import { credentials } from "@wechat-edge/emulator";
import { afterEach, describe, expect, it } from "vitest";
import { callOperation, mpOperations, payOperations } from "../../../../test/support/operations.ts";
import { platformOperations } from "../../../../test/support/platform-operations.ts";

const location = "https://elsewhere.example/?token=SECRET";
const once = { retry: false, sleep: async () => undefined } as const;
let asked: { url: string; redirect: string | undefined }[] = [];
afterEach(() => {
  asked = [];
});

/** Answers what tokens are asked for, and leads all else elsewhere; or tokens too. */
const leading =
  (withTokens: boolean, followed = false): Fetch =>
  async (url, { redirect }) => {
    asked.push({ url, redirect });
    const { pathname } = new URL(url);
    if (withTokens && pathname.endsWith("token")) {
      const value = { access_token: "t", component_access_token: "c", expires_in: 7200 };
      return Response.json(value);
    }
    if (!followed) return new Response("moved", { status: 307, headers: { location } });
    const { headers } = new Response(null);
    const body = new Response('{"media_id":"theirs"}').body;
    return { status: 200, redirected: true, headers, body };
  };

const clients = (fetch: Fetch) => {
  const platform = createMpPlatform({
    ...credentials.platform,
    ...once,
    fetch,
    tokenStore: {
      get: (key) =>
        key.includes("ticket")
          ? { v: 1, component_verify_ticket: "k", created_at: Date.now() }
          : undefined,
      set: () => undefined,
    },
  });
  return {
    pay: createPayClient({ ...credentials.pay, ...once, fetch }),
    mp: createMpClient({ ...credentials.mp, ...once, fetch }),
    platform,
  };
};

/** Every call that sends anything, by client. */
const tables = {
  pay: { ...payOperations, checkPayClient: { call: (pay: never) => checkPayClient(pay) } },
  mp: { ...mpOperations, checkMpClient: { call: (mp: never) => checkMpClient(mp) } },
  platform: {
    ...platformOperations,
    getAccessToken: {
      call: (platform: { getAccessToken(request: object): Promise<string> }) =>
        platform.getAccessToken({ appid: credentials.mp.appid, signal: AbortSignal.timeout(5000) }),
    },
  },
} as const;

for (const [kind, operations] of Object.entries(tables)) {
  describe(`no call of ${kind} follows a redirect`, () => {
    for (const [name, operation] of Object.entries(operations)) {
      it(name, async () => {
        for (const withTokens of [true, false]) {
          const client = clients(leading(withTokens))[kind as keyof typeof tables];
          const outcome = await callOperation(operation as never, client).then(
            (value) => JSON.stringify(value ?? null),
            (error: unknown) => `${String(error)} ${JSON.stringify(error)}`,
          );
          expect(outcome).not.toContain("SECRET");
          for (const { url, redirect } of asked) {
            expect(url).not.toContain("elsewhere");
            expect(["error", "manual"]).toContain(redirect);
          }
        }
      });
    }
  });
}

it("sends something in most of them", async () => {
  let sending = 0;
  for (const [kind, operations] of Object.entries(tables)) {
    for (const operation of Object.values(operations)) {
      asked = [];
      const client = clients(leading(true))[kind as keyof typeof tables];
      await callOperation(operation as never, client).catch(() => undefined);
      if (asked.length > 0) sending += 1;
    }
  }
  expect(sending).toBeGreaterThan(40);
});

it("takes no reply that the caller's own fetch got by following one", async () => {
  const { mp } = clients(leading(true, true));
  await expect(callOperation(mpOperations["uploadMedia"] as never, mp)).rejects.toMatchObject({
    code: "ERR_REPLY",
    message: expect.stringContaining("The reply is a redirect."),
  });
});
