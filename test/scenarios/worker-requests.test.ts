// Requests of one Worker share its client. In workerd, work that belongs to a request that has ended
// never settles, so no other request may wait for it.

import { fileURLToPath } from "node:url";
import { startEmulator } from "@wechat-edge/emulator/node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RunningWorker, startWorker } from "../support/worker.ts";

describe("a Worker with one client", () => {
  let emulator: Awaited<ReturnType<typeof startEmulator>>;
  let worker: RunningWorker;
  let origin: string;

  beforeAll(async () => {
    emulator = await startEmulator({ port: 0 });
    emulator.control.platform.setMode("certificates");
    const { pay } = emulator.control.credentials;
    const secrets = {
      MCHID: pay.mchid,
      SERIAL_NO: pay.serialNo,
      PRIVATE_KEY: pay.privateKey,
      API_V3_KEY: pay.apiV3Key,
      ORIGIN: emulator.baseUrl,
    };
    const config = fileURLToPath(new URL("worker/wrangler.jsonc", import.meta.url));
    worker = await startWorker({ config }, secrets);
    ({ origin } = worker);
  }, 60_000);
  afterAll(async () => {
    await worker.dispose();
    await emulator.close();
  });

  it("serves nine requests though the first ended with the download under way", async () => {
    const match = { path: "/v3/certificates" };
    emulator.control.faults.add({ kind: "delay", ms: 500, match });
    expect(await (await fetch(`${origin}/leave`)).text()).toBe("left");
    const replies = await Promise.all(
      Array.from({ length: 9 }, () => fetch(origin, { signal: AbortSignal.timeout(20_000) })),
    );
    expect(replies.map(({ status }) => status)).toEqual(Array.from(replies, () => 200));
    const downloads = emulator.control.journal
      .entries()
      .filter(({ path }) => path === "/v3/certificates").length;
    expect(downloads).toBeGreaterThanOrEqual(1);
    expect(downloads).toBeLessThanOrEqual(10);
    const before = downloads;
    expect((await fetch(origin)).status).toBe(200);
    const entries = emulator.control.journal.entries();
    expect(entries.filter(({ path }) => path === "/v3/certificates").length).toBe(before);
  }, 60_000);
});
