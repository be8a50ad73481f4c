// What holds of every workflow. That its lines run is tested by test/long/workflows.test.ts.

import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { stepsOf, workflow, workflowNames, workflowText } from "../support/workflows.ts";

type Parser = Pick<
  typeof import("@actions/workflow-parser"),
  "parseWorkflow" | "convertWorkflowTemplate" | "NoOperationTraceWriter"
>;

const root = fileURLToPath(new URL("../..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "wechat-edge-workflows-"));
let parser: Parser;

// GitHub's own parser imports JSON as bundlers take it and Node does not.
beforeAll(async () => {
  const outfile = join(folder, "parser.cjs");
  const contents = 'export * from "@actions/workflow-parser";';
  const stdin = { contents, resolveDir: root };
  await build({ stdin, bundle: true, platform: "node", format: "cjs", outfile });
  parser = createRequire(import.meta.url)(outfile) as Parser;
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function faultsOf(name: string, content: string): Promise<string[]> {
  const { context, value } = parser.parseWorkflow(
    { name, content },
    new parser.NoOperationTraceWriter(),
  );
  if (value !== undefined) await parser.convertWorkflowTemplate(context, value);
  return context.errors.getErrors().map(({ message }) => message);
}

describe.each(workflowNames)("%s", (name) => {
  const text = workflowText(name);
  const { on, permissions, concurrency, jobs } = workflow(name);
  const all = Object.entries(jobs);

  it("is what GitHub takes, its expressions included", async () => {
    expect(await faultsOf(name, text)).toEqual([]);
  });

  it("allows nothing but what a job asks for, and little of that", () => {
    expect(permissions).toEqual({});
    const writes = all.flatMap(([job, { permissions: own }]) => {
      expect(own, `${job} says what it may`).toBeDefined();
      return Object.entries(own ?? {})
        .filter(([, right]) => right === "write")
        .map(([scope]) => `${job}: ${scope}`);
    });
    const allowed = {
      "release.yml": [
        "version: contents",
        "version: pull-requests",
        "npm: id-token",
        "jsr: id-token",
        "github: contents",
      ],
      "test.yml": [],
    };
    expect({ [name]: writes }).toEqual({ [name]: allowed[name as keyof typeof allowed] });
  });

  it("has an end for every job, and one run at a time", () => {
    for (const [job, { "timeout-minutes": minutes, uses }] of all) {
      if (uses === undefined) expect(minutes, job).toBeLessThanOrEqual(120);
    }
    expect(concurrency).toBeDefined();
  });

  it("takes actions by their commit and says which version that is", () => {
    const uses = text.match(/uses: .*/g) ?? [];
    expect(uses.length).toBeGreaterThan(0);
    const others = uses.filter((line) => !line.startsWith("uses: ./"));
    for (const line of others) {
      expect(line).toMatch(/^uses: [\w-]+\/[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    }
  });

  it("puts nothing from outside into a command", () => {
    const steps = stepsOf(workflow(name));
    expect(steps.filter(({ run }) => run?.includes("${{"))).toEqual([]);
    const checkouts = steps.filter(({ uses }) => uses?.startsWith("actions/checkout@"));
    expect(checkouts.every((step) => String(step.with?.["persist-credentials"]) === "false")).toBe(
      true,
    );
  });

  it("shows no secret to a pull request", () => {
    expect(Object.keys(on)).not.toContain("pull_request_target");
    if ("pull_request" in on) expect(text).not.toMatch(/secrets\.|github\.token|id-token/);
  });
});

it("takes one version of each action", () => {
  const all = workflowNames.flatMap((name) => stepsOf(workflow(name)).map(({ uses }) => uses));
  const actions = new Set(all.filter((uses) => uses !== undefined));
  const names = [...actions].map((uses) => uses.split("@")[0]);
  expect(names).toEqual([...new Set(names)]);
});

it("sees what GitHub would refuse", async () => {
  const text = workflowText("test.yml");
  const broken = {
    "timeout-minutes": text.replace("timeout-minutes", "timeout-minute"),
    matrix: text.replace("matrix.os }}", "matrx.os }}"),
    "runs-on": text.replace("    runs-on: ubuntu-24.04\n", ""),
  };
  for (const [what, bad] of Object.entries(broken)) {
    expect(await faultsOf("test.yml", bad), what).not.toEqual([]);
  }
});

it("releases from the repository that package.json names", () => {
  const manifest = readFileSync(join(root, "package.json"), "utf8");
  const { repository } = JSON.parse(manifest) as { repository: { url: string } };
  const [, name] = /github\.com\/(.*)\.git$/.exec(repository.url) ?? [];
  expect(workflowText("release.yml")).toContain(`github.repository == '${name}'`);
});
