// `npm run demo`, as it runs once everything is installed.

import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { displayWidth } from "../../examples/demo/display-width.ts";

const demo = fileURLToPath(new URL("../../examples/demo/demo.ts", import.meta.url));

it("the demo does what it shows, in plain lines of at most 100 columns", () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [demo], { encoding: "utf8" });
  expect(stderr).toBe("");
  expect(status).toBe(0);
  const lines = stdout.trimEnd().split("\n");
  expect(lines.at(-1)).toMatch(/^\d+ uploads, .*: all \d+ checks passed/);
  expect(lines.filter((line) => displayWidth(line) > 100)).toEqual([]);
  expect(stdout).not.toContain("\u001b");
});
