// A Worker's RPC keeps the name and code of an error, but not its class: isWechatError reads the code.

import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RunningWorker, startWorker } from "../support/worker.ts";

describe("an error that crosses a Worker's RPC", () => {
  let worker: RunningWorker;
  let origin: string;

  beforeAll(async () => {
    const config = fileURLToPath(new URL("worker/rpc/wrangler.jsonc", import.meta.url));
    worker = await startWorker({ config });
    ({ origin } = worker);
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
