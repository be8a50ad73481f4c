import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { readProgress, type TestEnd } from "./progress.ts";
import { runSuite } from "./run-suite.ts";

const root = join(import.meta.dirname, "../..");
let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(root, "node_modules/.wechat-edge-progress-"));
  const reporters = JSON.stringify(join(import.meta.dirname, "reporters.ts"));
  writeFileSync(
    join(directory, "vitest.config.ts"),
    `import { reporters } from ${reporters};
     export default { test: { include: ["*.check.ts"], reporters: reporters() } };`,
  );
  writeFileSync(
    join(directory, "some.check.ts"),
    `import { expect, it } from "vitest";
     it("passes \\u2028", () => {});
     it("fails", () => { expect(1).toBe(2); });
     it.skip("does not run", () => {});`,
  );
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

it("is told of each test as it ends, and the report agrees", async () => {
  const vitest = join(root, "node_modules/vitest/vitest.mjs");
  const ends: TestEnd[] = [];
  const command = [process.execPath, vitest, "run", "--root", directory] as const;
  const result = await runSuite(command, { onTest: (end) => ends.push(end) });
  expect(ends).toEqual([
    { name: "some.check.ts > passes \u2028", hasFailed: false },
    {
      name: "some.check.ts > fails",
      hasFailed: true,
      error: "expected 1 to be 2 // Object.is equality",
    },
  ]);
  expect(result.tests.map(({ status }) => status)).toEqual(["passed", "failed", "skipped"]);
  expect(result.output).not.toContain("test ended");
  expect(result.output).toContain("fails");
});

it("leaves other lines alone", () => {
  expect(readProgress(" ✓ some.check.ts (1 test) 3ms")).toBeUndefined();
  expect(readProgress("::wechat-edge test ended:: not JSON")).toBeUndefined();
});
