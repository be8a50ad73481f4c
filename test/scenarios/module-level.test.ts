// What a Worker makes at the top level of its module: in workerd nothing there may draw random
// numbers, look at the time, set a timer or fetch.

import { fileURLToPath } from "node:url";
import { credentials } from "@wechat-edge/emulator";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { unstable_startWorker as startWorker } from "wrangler";

describe("a Worker that makes its emulator and clients at module level", () => {
  let worker: Awaited<ReturnType<typeof startWorker>>;
  let origin: string;

  beforeAll(async () => {
    worker = await startWorker({
      config: fileURLToPath(new URL("worker/module-level/wrangler.jsonc", import.meta.url)),
      dev: {
        server: { hostname: "127.0.0.1", port: 0 },
        inspector: false,
        logLevel: "error",
        persist: false,
        watch: false,
      },
    });
    ({ origin } = await worker.url);
  }, 60_000);
  afterAll(() => worker.dispose());

  it("uploads to it", async () => {
    const reply = await fetch(origin, { signal: AbortSignal.timeout(20_000) });
    expect(reply.status).toBe(200);
    expect(await reply.json()).toMatchObject({
      image: { media_id: expect.stringMatching(/^[\w-]{107}$/) },
      media: { media_id: expect.stringMatching(/^[\w-]{64}$/) },
      digest: 20,
      appids: [credentials.mp.appid, "wx00000000000000aa", "wx00000000000000bb"],
      year: new Date().getUTCFullYear(),
      paths: ["/v3/merchant/media/upload", "/cgi-bin/stable_token", "/cgi-bin/media/upload"],
    });
  }, 60_000);
});
