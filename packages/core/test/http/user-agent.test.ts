import { expect, it } from "vitest";
import manifest from "../../package.json" with { type: "json" };
import { USER_AGENT } from "../../src/http/user-agent.ts";

it("names the package's version in the User-Agent", () => {
  expect(USER_AGENT).toBe(`wechat-edge/${manifest.version}`);
});
