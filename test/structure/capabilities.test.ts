import { globSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { exportedOperations } from "../support/exported-operations.ts";

const root = new URL("../../", import.meta.url);
const IMPORTS = /^import\b[^;]*;/gm;

it("every exported function is called in every runtime, by a test of test/conformance", () => {
  const tests = globSync("test/conformance/**/*.ts", { cwd: root })
    .map((path) => readFileSync(new URL(path, root), "utf8").replace(IMPORTS, ""))
    .join("\n");
  const words = new Set(tests.match(/\w+/g));
  expect(exportedOperations.filter((name) => !words.has(name))).toEqual([]);
});
