import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { readProgress, type TestEnd } from "./progress.ts";
import { runSuite } from "./run-suite.ts";

const root = join(import.meta.dirname, "../..");
const vitest = join(root, "node_modules/vitest/vitest.mjs");
const directory = mkdtempSync(join(root, "node_modules/.wechat-edge-progress-"));
const command = [process.execPath, vitest, "run", "--root", directory] as const;
beforeAll(() => {
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
     it("fails", () => { console.log("said by a test"); expect(1).toBe(2); });
     it.skip("does not run", () => {});`,
  );
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

it("is told of each test as it ends, and the report agrees", async () => {
  const ends: TestEnd[] = [];
  const result = await runSuite([...command, "some"], { onTest: (end) => ends.push(end) });
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
  expect(result.output).not.toMatch(/^said by a test/m);
});

it("is told of an error that no test caught", async () => {
  const text = `import { it } from "vitest"; it("ends", () => { Promise.reject(new TypeError("late")); });`;
  writeFileSync(join(directory, "late.check.ts"), text);
  const ends: TestEnd[] = [];
  const { problems, output } = await runSuite([...command, "late"], {
    onTest: (end) => ends.push(end),
  });
  expect(ends).toEqual([
    { name: "late.check.ts > ends", hasFailed: false },
    { name: "outside of any test", hasFailed: true, error: "TypeError: late" },
  ]);
  expect(problems).toEqual(["vitest ended with code 1."]);
  expect(output).toContain("late.check.ts:1");
});

it("leaves other lines alone", () => {
  expect(readProgress(" ✓ some.check.ts (1 test) 3ms")).toBeUndefined();
  expect(readProgress("::wechat-edge test ended:: not JSON")).toBeUndefined();
});
