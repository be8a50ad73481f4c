import { globSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { longSteps, testSteps } from "../commands.mjs";
import { narrowToChanges, narrowToFiles, planOf, projectOf } from "./plan.ts";
import { runtimes } from "./runtimes.ts";
import { testFiles } from "./test-files.ts";

const whole = planOf(undefined);
const stepsOf = (plan: ReadonlyMap<string, unknown>) => [...plan.keys()];
const conformance = runtimes.map(({ name }) => name);

describe("the steps", () => {
  it("hold every runtime, in the order of the table", () => {
    expect(testSteps.filter((step) => conformance.includes(step))).toEqual(conformance);
  });

  it("run every test file but those of test/long", () => {
    const projects = new Set(testSteps.map(projectOf).filter((project) => project !== undefined));
    expect([...projects].sort()).toEqual(
      Object.keys(testFiles)
        .filter((name) => name !== "long")
        .sort(),
    );
    const exclude = ["**/node_modules/**"];
    const inSteps = globSync(Object.values(testFiles).flat(), { exclude }).sort();
    expect(inSteps).toEqual(globSync("**/*.test.ts", { exclude }).sort());
  });

  it("of test:long are the crash test and the files of test/long", () => {
    expect(longSteps).toEqual([
      "crash",
      ...globSync("test/long/*.test.ts")
        .map((path) => path.slice(10, -8))
        .sort(),
    ]);
  });
});

describe("planOf", () => {
  it("is all of it, or the named steps in their order", () => {
    expect(stepsOf(whole)).toEqual(testSteps);
    expect(stepsOf(planOf("node,lint"))).toEqual(["lint", "node"]);
  });
});

describe("narrowToFiles", () => {
  const hash = "test/conformance/files/digest.test.ts";

  it("leaves the steps that hold a named file", () => {
    const plan = narrowToFiles(whole, [hash]);
    expect(stepsOf(plan)).toEqual(conformance);
    expect(plan.get("node")).toEqual([hash]);
  });

  it("takes parts of names, ./ before and a line behind", () => {
    expect(stepsOf(narrowToFiles(whole, [`./${hash}:12`]))).toEqual(conformance);
    expect(stepsOf(narrowToFiles(whole, ["leftovers"]))).toEqual(["unit"]);
    expect(stepsOf(narrowToFiles(whole, ["no-such-file"]))).toEqual([]);
  });

  it("hands options of vitest to every step with tests", () => {
    const plan = narrowToFiles(whole, ["-t", "digest"]);
    expect(stepsOf(plan)).toEqual(testSteps.filter((step) => projectOf(step) !== undefined));
    expect(plan.get("package")).toEqual(["-t", "digest"]);
    expect(narrowToFiles(whole, [hash, "-t", "unit"]).get("bun")).toEqual([hash, "-t", "unit"]);
  });

  it("keeps checks that were asked for by name", () => {
    expect(stepsOf(narrowToFiles(planOf("lint,node"), [hash], true))).toEqual(["lint", "node"]);
  });
});

describe("narrowToChanges", () => {
  const related = [
    { project: "unit", file: "packages/core/test/http/request-body.test.ts" },
    { project: "node", file: "test/conformance/pay/upload.test.ts" },
  ];

  it.each<[string, string[]]>([
    [
      "packages/core/src/http/request-body.ts",
      ["build", "types", "lint", "unit", ...conformance, "package"],
    ],
    ["packages/emulator/src/pay/routes.ts", testSteps],
    ["packages/core/README.md", ["build", "lint", "unit", ...conformance, "package"]],
    ["docs/faults.md", ["unit", ...conformance, "package"]],
    [".editorconfig", ["lint", "unit", ...conformance]],
    ["pnpm-lock.yaml", testSteps],
    ["a-file-of-a-new-kind", testSteps],
  ])("of %s", (changed, steps) => {
    expect(stepsOf(narrowToChanges(whole, [changed], related))).toEqual(steps);
  });

  it("runs in part what imports alone concern", () => {
    const plan = narrowToChanges(whole, ["packages/core/src/http/request-body.ts"], related);
    expect(plan.get("unit")).toEqual(["packages/core/test/http/request-body.test.ts"]);
    expect(plan.get("firefox")).toEqual(["test/conformance/pay/upload.test.ts"]);
    expect(plan.get("package")).toEqual([]);
  });

  it("stays within the chosen steps", () => {
    const plan = narrowToChanges(planOf("node,lint"), ["packages/core/src/a.ts"], related);
    expect(stepsOf(plan)).toEqual(["lint", "node"]);
  });
});
