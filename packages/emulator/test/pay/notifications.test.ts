import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { describe, expect, it } from "vitest";
import { createEmulator, credentials, type Notification } from "../../src/index.ts";
import { startEmulator } from "../../src/node.ts";

const HOUR_MS = 3600_000;
const answering = (status: number) => async (): Promise<Response> => new Response(null, { status });

describe("control.notify", () => {
  it("sends a request as WeChat Pay does", async () => {
    const { control } = createEmulator({ now: () => Date.parse("2026-03-01T00:00:00Z") });
    const requests: Request[] = [];
    const sent = await control.notify({
      async to(request) {
        requests.push(request);
        return new Response(null, { status: 200 });
      },
    });
    const [request] = requests;
    expect(request).toMatchObject({ method: "POST", url: "https://shop.example.com/notify" });
    expect(Object.keys(Object.fromEntries(request?.headers ?? []))).toEqual([
      "accept",
      "content-type",
      "request-id",
      "user-agent",
      "wechatpay-nonce",
      "wechatpay-serial",
      "wechatpay-signature",
      "wechatpay-signature-type",
      "wechatpay-timestamp",
    ]);
    const body = (await request?.json()) as { resource: object };
    expect(Object.keys(body)).toEqual([
      "id",
      "create_time",
      "resource_type",
      "event_type",
      "summary",
      "resource",
    ]);
    expect(Object.keys(body.resource)).toEqual([
      "original_type",
      "algorithm",
      "ciphertext",
      "associated_data",
      "nonce",
    ]);
    expect(sent).toMatchObject({
      event_type: "TRANSACTION.SUCCESS",
      mchid: credentials.pay.mchid,
      state: "delivered",
      attempts: [{ time: Date.parse("2026-03-01T00:00:00Z"), status: 200 }],
    });
  });

  it("sends again 15 times within 24 hours and 4 minutes, signed anew each time", async () => {
    const { control } = createEmulator({ now: () => 0 });
    const nonces = new Set<string | null>();
    await control.notify({
      async to({ headers }) {
        nonces.add(headers.get("wechatpay-nonce"));
        return new Response(null, { status: 500 });
      },
    });
    for (let i = 1; i <= 16; i++) {
      const { nextTime } = control.notifications[0] ?? {};
      if (nextTime === undefined) break;
      control.clock.set(nextTime);
      await control.deliverNotifications();
    }
    const [sent] = control.notifications;
    const seconds = sent?.attempts.map(({ time }) => time / 1000);
    expect(seconds).toEqual([
      0, 15, 30, 60, 240, 840, 2040, 3840, 5640, 7440, 11_040, 21_840, 32_640, 43_440, 65_040,
      86_640,
    ]);
    expect([sent?.state, sent?.nextTime, nonces.size]).toEqual(["failed", undefined, 16]);
  });

  it("makes up for all attempts at once after a long time, and stops at a success", async () => {
    const { control } = createEmulator();
    const during: (string | undefined)[] = [];
    await control.notify({
      async to() {
        during.push(control.notifications[0]?.state);
        return new Response(null, { status: during.length < 5 ? 503 : 204 });
      },
    });
    control.clock.advance(30 * HOUR_MS);
    await control.deliverNotifications();
    expect(during).toEqual(Array(5).fill("waiting"));
    expect(control.notifications[0]?.state).toBe("delivered");
  });

  it.each([201, 202, 302, 400, 401, 404])("takes %i for a failure", async (status) => {
    const { control } = createEmulator();
    expect(await control.notify({ to: answering(status) })).toMatchObject({ state: "waiting" });
  });

  it("keeps why no answer came, and follows a schedule of the test's own", async () => {
    const { control } = createEmulator();
    const to = () => {
      throw new Error("the handler failed");
    };
    const sent = await control.notify({ to, schedule: [60] });
    expect(sent.attempts).toMatchObject([{ status: undefined, error: "the handler failed" }]);
    control.clock.advance(60_000);
    await control.deliverNotifications();
    expect(control.notifications[0]).toMatchObject({ state: "failed" });
  });

  it("signs with the platform keys in use", async () => {
    const { control } = createEmulator();
    const serials: (string | null)[] = [];
    const to = async ({ headers }: Request): Promise<Response> => {
      serials.push(headers.get("wechatpay-serial"));
      return new Response(null, { status: 204 });
    };
    control.platform.setMode("certificates");
    await control.notify({ to });
    control.platform.setMode("both");
    control.platform.setPublicKeyShare(0.5);
    await control.notify({ to });
    await control.notify({ to });
    control.platform.setMode("public-key");
    await control.notify({ to });
    const kinds = serials.map((serial) => (serial?.startsWith("PUB_KEY_ID_") ? "key" : "cert"));
    expect(kinds[0]).toBe("cert");
    expect(kinds.slice(1, 3).sort()).toEqual(["cert", "key"]);
    expect(kinds[3]).toBe("key");
  });

  it.each<[Notification, RegExp]>([
    [{}, /must be an object with "to" or "url"/],
    [{ url: "ftp://a" }, /url is "ftp:\/\/a"; it must be an http or https address/],
    [{ to: answering(200), event_type: "A" }, /with "resource" unless event_type is/],
    [{ to: answering(200), fault: "stail" as "stale" }, /fault is "stail"/],
    [{ to: answering(200), mchid: "1" }, /mchid is "1"; it must be "1900026201"/],
    [{ to: answering(200), event: "A" } as Notification, /has no "event"/],
    [{ to: answering(200), schedule: [-1] }, /schedule\[0\] is -1/],
  ])("refuses %o", async (notification, words) => {
    const { control } = createEmulator();
    await expect(control.notify(notification)).rejects.toThrow(words);
    await expect(control.notify(notification)).rejects.toThrow(TypeError);
    expect(control.notifications).toEqual([]);
  });

  it("forgets all with a reset", async () => {
    const { control } = createEmulator();
    let calls = 0;
    await control.notify({ to: async () => new Response(null, { status: ++calls && 500 }) });
    control.reset();
    control.clock.advance(30 * HOUR_MS);
    await control.deliverNotifications();
    expect([calls, control.notifications]).toEqual([1, []]);
  });
});

describe("the route notify", () => {
  it("POSTs to a server, again after the clock has advanced, and lists what became of it", async () => {
    const bodies: string[] = [];
    const receive = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
      bodies.push(await text(request));
      response.writeHead(bodies.length === 1 ? 500 : 204).end();
    };
    const server = createServer((...exchange) => void receive(...exchange));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const emulator = await startEmulator({ port: 0 });
    const call = async (path: string, body?: object): Promise<Record<string, unknown>> => {
      const init = body && { method: "POST", body: JSON.stringify(body) };
      return (await fetch(`${emulator.baseUrl}/_emulator/${path}`, init)).json() as never;
    };
    try {
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/notify`;
      const sent = await call("notify", { url, id: "EV-1", event_type: "REFUND.SUCCESS" });
      expect(sent).toMatchObject({
        id: "EV-1",
        url,
        state: "waiting",
        attempts: [{ status: 500 }],
      });
      await call("clock", { advance: 15_000 });
      const { notifications } = await call("notify");
      expect(notifications).toMatchObject([
        { id: "EV-1", state: "delivered", attempts: [{ status: 500 }, { status: 204 }] },
      ]);
      expect(bodies).toHaveLength(2);
      expect(await call("notify", {})).toEqual({
        error: "body.url is undefined; it must be an http or https address.",
      });
      expect(await call("notify", { uri: url })).toMatchObject({
        error: expect.stringMatching(/^body has no "uri"\. Did you mean "url"\? It has to, url, /),
      });
    } finally {
      await emulator.close();
      server.close();
    }
  });

  it("says why no answer came", async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise<unknown>((resolve) => server.close(resolve));
    const { control } = createEmulator();
    const { attempts } = await control.notify({ url: `http://127.0.0.1:${port}/notify` });
    expect(attempts[0]?.error).toBe(`fetch failed: connect ECONNREFUSED 127.0.0.1:${port}`);
    const to = () => Promise.reject(new Error("no database"));
    expect((await control.notify({ to })).attempts[0]?.error).toBe("no database");
  });
});
