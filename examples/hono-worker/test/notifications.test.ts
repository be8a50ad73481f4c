import { createEmulator } from "@wechat-edge/emulator";
import { describe, expect, it } from "vitest";
import { handledNotifications } from "../src/handled-notifications.ts";
import { callWorker, emulatorBindings } from "./call-worker.ts";

const { control } = createEmulator();

/** The Worker, as WeChat Pay reaches it: without a token. */
async function to(request: Request): Promise<Response> {
  const { headers } = request;
  return callWorker("/notify/pay", { method: "POST", headers, body: await request.text() });
}

describe("a notification", () => {
  it("is answered 204, and again if it comes again", async () => {
    for (let i = 0; i < 2; i++) {
      const { attempts } = await control.notify({ to, id: "EV-worker" });
      expect(attempts).toMatchObject([{ status: 204, answer: "" }]);
    }
  });

  it.each([
    ["probe", 401],
    ["stale", 401],
    ["tampered", 401],
    ["missing-signature", 401],
    ["wrong-api-v3-key", 500],
  ] as const)(
    "with the fault %s is answered %i, and the next attempt 204",
    async (fault, status) => {
      await control.notify({ to, fault, schedule: [15] });
      control.clock.advance(15_000);
      await control.deliverNotifications();
      const { attempts } = control.notifications.at(-1) ?? {};
      expect(attempts).toMatchObject([
        { status, answer: '{"code":"FAIL","message":"失败"}' },
        { status: 204 },
      ]);
    },
  );

  it("signed with a certificate is answered 204: the list is downloaded", async () => {
    control.platform.setMode("certificates");
    const { attempts } = await control.notify({ to });
    expect(attempts).toMatchObject([{ status: 204 }]);
  });

  it("takes POST alone", async () => {
    const reply = await callWorker("/notify/pay");
    expect([reply.status, reply.headers.get("Allow")]).toEqual([405, "POST"]);
  });
});

describe("what was handled", () => {
  it("is kept in KV for two days, if there is one", async () => {
    const kept = new Map<string, number>();
    const handled = handledNotifications({
      ...emulatorBindings(),
      NOTIFICATIONS: {
        get: async (id) => (kept.has(id) ? "handled" : null),
        put: async (id, _, { expirationTtl }) => void kept.set(id, expirationTtl),
      },
    });
    expect(await handled.has("EV-1")).toBe(false);
    await handled.add("EV-1");
    expect([await handled.has("EV-1"), [...kept]]).toEqual([true, [["EV-1", 172_800]]]);
  });

  it("is kept in memory if there is none", async () => {
    const handled = handledNotifications(emulatorBindings());
    await handled.add("EV-2");
    expect([await handled.has("EV-2"), await handled.has("EV-3")]).toEqual([true, false]);
  });
});
