// Other people's clients, unmodified, over TLS under WeChat's own host names.

import { afterAll, beforeAll, describe, it } from "vitest";
import { missingForCurl } from "./peers/curl.ts";
import { clients } from "./stock/clients.ts";
import { expectGenuine } from "./stock-expectations.ts";
import { openStage, type Stage } from "./stock-runs.ts";

describe("under WeChat's host names", () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage();
  });
  afterAll(() => stage.close());

  for (const { name, fails } of clients) {
    const missing = name.startsWith("curl") ? missingForCurl : [];
    const title =
      missing.length > 0 ? `${name}: ${missing.join(" and ")} not on this machine` : name;
    it.skipIf(missing.length > 0)(title, async () => {
      expectGenuine(stage, await stage.run(name), fails);
    });
  }
});
