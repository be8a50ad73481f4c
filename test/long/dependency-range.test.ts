// The packages as they are published, with the lowest and the newest of everything that their
// manifests allow: dependencies by their ranges, Node by "engines". All of the conformance suite runs.

import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { x } from "tinyexec";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { REPORT_FILE } from "../../scripts/test/reporters.ts";
import { makeDirectory, packageNames, packedPackages, type Tarball } from "../package/tarball.ts";
import { copyWorkingTree } from "../support/working-tree.ts";

interface Manifest {
  version: string;
  engines: { node: string };
  dependencies: Record<string, string>;
}

const root = fileURLToPath(new URL("../..", import.meta.url));
const tests =
  /^(test\/(conformance|support|fixtures|vectors)\/|test\/runtimes\/vitest|examples\/media\/|scripts\/test\/(reporters|progress|test-files)\.ts$)/;
const REPORT = "report.json";
let tarballs: readonly Tarball[] = [];
/** The ranges of everything that is not a sibling. */
let ranges: [name: string, range: string][] = [];
let lowestNode = "";

beforeAll(async () => {
  tarballs = await packedPackages();
  const manifests = tarballs.map(({ manifest }) => manifest as unknown as Manifest);
  const all = manifests.flatMap(({ dependencies }) => Object.entries(dependencies));
  const others = all.filter(([name]) => !name.startsWith("@wechat-edge/"));
  ranges = [...new Map(others)];
  lowestNode = `${manifests[0]?.engines.node.slice(">=".length)}.0`;
}, 120_000);

describe.each(["lowest", "newest"] as const)("with the %s versions allowed", (end) => {
  const project = makeDirectory();
  let node = process.execPath;
  afterAll(() => rmSync(project, { recursive: true, force: true }));

  beforeAll(async () => {
    const nodePackage = `npm:node-${process.platform}-${process.arch}@${lowestNode}`;
    const files = tarballs.map(({ name, path }) => [`@wechat-edge/${name}`, `file:${path}`]);
    const pinned = end === "lowest" ? ranges.map(([name, range]) => [name, range.slice(1)]) : [];
    const runtime = end === "lowest" ? [["lowest-node", nodePackage]] : [];
    const manifest = {
      private: true,
      type: "module",
      dependencies: Object.fromEntries([...files, ...runtime]) as object,
      overrides: Object.fromEntries([...files, ...pinned]) as object,
    };
    writeFileSync(join(project, "package.json"), JSON.stringify(manifest));
    await npm("install", "--no-audit", "--no-fund", "--no-package-lock", "--prefer-online");
    if (end === "lowest") node = join(project, "node_modules/lowest-node/bin/node");
    await copyWorkingTree(project, (path) => tests.test(path));
    for (const tool of ["vitest", "fast-check", "tinyexec"]) {
      symlinkSync(join(root, "node_modules", tool), join(project, "node_modules", tool));
    }
    // The suite starts the emulator of the workspace from its source; here, the packed one.
    const bin = join(project, "packages/emulator/src/bin.ts");
    mkdirSync(dirname(bin), { recursive: true });
    const installed = join(project, "node_modules/@wechat-edge/emulator/dist/bin.js");
    writeFileSync(bin, `import ${JSON.stringify(installed)};\n`);
  }, 180_000);

  it("has them", async () => {
    for (const [name, range] of ranges) {
      const path = join(project, "node_modules", name, "package.json");
      const { version } = JSON.parse(readFileSync(path, "utf8")) as Manifest;
      const expected = end === "lowest" ? range.slice(1) : await newest(name, range);
      expect(`${name} ${version}`).toBe(`${name} ${expected}`);
    }
    const { stdout } = await run(node, "--version");
    expect(stdout.trim()).toBe(end === "lowest" ? `v${lowestNode}` : process.version);
  }, 60_000);

  it("can be required, as an application in CommonJS does", async () => {
    const names = JSON.stringify(packageNames.map((name) => `@wechat-edge/${name}`));
    const script = `for (const name of ${names}) console.log(name, Object.keys(require(name)).length > 1);`;
    writeFileSync(join(project, "check.cjs"), script);
    const { stdout } = await run(node, "check.cjs");
    expect(stdout.trim().split("\n")).toEqual(
      packageNames.map((name) => `@wechat-edge/${name} true`),
    );
  });

  it("passes the conformance suite", async () => {
    const vitest = join(root, "node_modules/vitest/vitest.mjs");
    await run(node, vitest, "run", "-c", "test/runtimes/vitest.config.ts");
    const result = JSON.parse(readFileSync(join(project, REPORT), "utf8")) as Record<
      string,
      number
    >;
    expect(result["numPassedTests"]).toBeGreaterThan(500);
    expect(result["numPassedTests"]).toBe(result["numTotalTests"]);
  }, 300_000);

  async function newest(name: string, range: string): Promise<string | undefined> {
    const { stdout } = await npm(
      "view",
      `${name}@${range}`,
      "version",
      "--json",
      "--prefer-online",
    );
    const versions = [JSON.parse(stdout) as string | string[]].flat();
    return versions.sort(new Intl.Collator("en", { numeric: true }).compare).at(-1);
  }

  function npm(...args: readonly string[]) {
    return run("npm", ...args);
  }

  async function run(program: string, ...args: readonly string[]) {
    // The suite starts the emulator with the `node` on PATH, which has to run TypeScript.
    const path = [dirname(process.execPath), process.env["PATH"]].join(delimiter);
    const env = { PATH: path, [REPORT_FILE]: join(project, REPORT) };
    const options = { nodePath: false, nodeOptions: { cwd: project, env } };
    const { exitCode, stdout, stderr } = await x(program, args, options);
    expect(exitCode, `${[program, ...args].join(" ")}\n${stdout}${stderr}`).toBe(0);
    return { stdout };
  }
});
