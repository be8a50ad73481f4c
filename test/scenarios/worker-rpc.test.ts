// A Worker's RPC loses the class of an error: its name and code stay, and isWechatError goes by them.

import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { unstable_startWorker as startWorker } from "wrangler";

describe("an error that crosses a Worker's RPC", () => {
  let worker: Awaited<ReturnType<typeof startWorker>>;
  let origin: string;

  beforeAll(async () => {
    worker = await startWorker({
      config: fileURLToPath(new URL("worker/rpc/wrangler.jsonc", import.meta.url)),
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

  it.each([
    ["media", "MediaError", "ERR_MEDIA"],
    ["pay", "PayApiError", "ERR_PAY_API"],
    ["signature", "SignatureError", "ERR_SIGNATURE"],
    ["mp", "MpApiError", "ERR_MP_API"],
    ["article", "ArticleError", "ERR_ARTICLE"],
  ])("%s is known by its name and code", async (how, name, code) => {
    const told = await (await fetch(`${origin}/${how}`)).json();
    expect(told).toMatchObject({ isOurs: true, name, code });
    expect((told as { message: string }).message).not.toBe("");
  });

  it("is another's where it is a TypeError", async () => {
    const told = await (await fetch(`${origin}/else`)).json();
    expect(told).toMatchObject({ isOurs: false, name: "TypeError", message: "Nothing of ours." });
  });
});
