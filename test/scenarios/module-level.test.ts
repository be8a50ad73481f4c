// What a Worker may create at module level: workerd allows no random numbers, no time, no timers and no
// fetch there.

import { fileURLToPath } from "node:url";
import { credentials } from "@wechat-edge/emulator";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RunningWorker, startWorker } from "../support/worker.ts";

describe("a Worker that makes its emulator and clients at module level", () => {
  let worker: RunningWorker;
  let origin: string;

  beforeAll(async () => {
    const config = fileURLToPath(new URL("worker/module-level/wrangler.jsonc", import.meta.url));
    worker = await startWorker({ config });
    ({ origin } = worker);
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
