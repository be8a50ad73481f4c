// Every command of the workflows, and with them a whole release, from the changeset to the release
// page, of which nothing leaves this machine.

import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { x } from "tinyexec";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Sbom } from "../../scripts/release/sbom.ts";
import { releaseVersion } from "../../scripts/release/workspace.ts";
import { makeDirectory, packageNames } from "../package/tarball.ts";
import { stepsOf, workflow, workflowNames } from "../support/workflows.ts";
import { copyWorkingTree } from "../support/working-tree.ts";
import { startNpmRegistry } from "./npm-registry.ts";
import { type Runner, runJob } from "./run-job.ts";

const CHANGE = "A change of which only this test knows.";
const folder = makeDirectory();
const ran = new Set<string>();
const runner: Runner = {
  folder,
  repository: join(folder, "repository.git"),
  bin: join(folder, "bin"),
  values: new Map([
    ["github.repository", "wechat-edge/wechat-edge"],
    ["github.token", "a token"],
    ["secrets.NPM_TOKEN", ""],
  ]),
  // All that differs from what GitHub runs: nothing is published, and of what would run this very
  // test, another part runs.
  trialOf: (command) =>
    ({
      "npm test": "npm test -- --only build,types",
      "npm run test:long": "npm run test:long -- --help",
      // Not every registry answers it; scripts/audit.test.ts tries it without one.
      "npm run audit": "npm run audit -- --help",
    })[command] ?? command.replace(/ --publish$/, ""),
  onRun: (command) => ran.add(command),
};
const release = workflow("release.yml");
const test = workflow("test.yml");

beforeAll(async () => {
  const tree = join(folder, "tree");
  mkdirSync(runner.bin);
  await copyWorkingTree(tree);
  const changeset = `---\n"@wechat-edge/core": patch\n---\n\n${CHANGE}\n`;
  writeFileSync(join(tree, ".changeset/from-a-test.md"), changeset);
  const commands = [
    "git init -q -b main",
    "git config user.name Test && git config user.email test@example.com",
    "git add -A && git commit -qm Now",
    `git clone -q --bare . ${runner.repository}`,
  ];
  const nodeOptions = { cwd: tree };
  await x("bash", ["-e", "-c", commands.join("\n")], { throwOnError: true, nodeOptions });
  // GitHub's command, of which this keeps the arguments.
  const gh = join(runner.bin, "gh");
  writeFileSync(gh, `#!/bin/sh\nprintf '%s\\n' "$@" > ${join(folder, "gh-arguments")}\n`);
  chmodSync(gh, 0o755);
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }), 60_000);

describe("release.yml", () => {
  it("makes a pull request with the next version while a changeset waits", async () => {
    const printed = await runJob(runner, release, "plan");
    expect(printed).toContain("Nothing to release: first run npm run version for");
    expect(output("pending")).toBe("true");
    expect(output("release")).toBe("false");
    await runJob(runner, release, "version");
  }, 300_000);

  it("finds that version to be released once that is merged", async () => {
    const printed = await runJob(runner, release, "plan");
    expect(printed).toMatch(/^Version \d+\.\d+\.\d+ can be released/m);
    expect(output("pending")).toBe("false");
    expect(output("release")).toBe("true");
    expect(output("version")).not.toBe(releaseVersion());
  }, 300_000);

  it("packs all packages, with a bill of materials each, and the notes", async () => {
    await runJob(runner, release, "pack");
    const stems = packageNames.map((name) => `wechat-edge-${name}-${output("version")}`);
    expect(artifacts()).toEqual(
      ["RELEASE_NOTES.md", ...stems.flatMap((stem) => [`${stem}.cdx.json`, `${stem}.tgz`])].sort(),
    );
    const notes = readFileSync(join(folder, "artifacts/tarballs/RELEASE_NOTES.md"), "utf8");
    expect(notes).toContain(CHANGE);
  }, 300_000);

  it("bills nothing under a licence that users could mind", () => {
    for (const name of packageNames) {
      const sbom = readSbom(`wechat-edge-${name}-${output("version")}.cdx.json`);
      const { component } = sbom.metadata;
      expect(`${component.name} ${component.version}`).toBe(
        `@wechat-edge/${name} ${output("version")}`,
      );
      const licences = sbom.components.map(({ name: dependency, licenses = [] }) => [
        dependency,
        licenses.map(({ license, expression }) => license?.id ?? expression),
      ]);
      const allowed = ["MIT", "ISC", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0"];
      const others = licences.filter(
        ([, found]) => found?.length !== 1 || !allowed.includes(String(found[0])),
      );
      expect(others).toEqual([]);
      expect(JSON.stringify(sbom)).not.toMatch(/file:|\/tmp\//);
    }
    const core = readSbom(`wechat-edge-core-${output("version")}.cdx.json`);
    expect(core.components.map(({ name }) => name).sort()).toEqual(["@noble/hashes", "leven"]);
    expect(core.components.every(({ hashes = [] }) => hashes.length > 0)).toBe(true);
  });

  it("has npm take each tarball, siblings first", async () => {
    const printed = await runJob(runner, release, "npm");
    const published = [...printed.matchAll(/^\+ @wechat-edge\/(\S+)@(\S+)$/gm)];
    expect(published.map(([, name]) => name).sort()).toEqual([...packageNames]);
    expect(new Set(published.map(([, , version]) => version))).toEqual(
      new Set([output("version")]),
    );
    expect(published[0]?.[1]).toBe("core");
    expect(printed).not.toMatch(/npm auto-corrected|npm warn publish errors/);
  }, 300_000);

  it("publishes to a registry, with a token that no one sees, what is not there yet", async () => {
    const token = "npm_secretOfTheTest";
    const registry = await startNpmRegistry(token);
    const clone = join(folder, "publisher");
    await x("git", ["clone", "-q", runner.repository, clone], { throwOnError: true });
    cpSync(join(folder, "artifacts/tarballs"), join(clone, "tarballs"), { recursive: true });
    const run = async (program: string, args: string[], env: Record<string, string> = {}) => {
      const { exitCode, stdout, stderr } = await x(program, args, {
        nodeOptions: { cwd: clone, env },
      });
      return { exitCode, printed: stdout + stderr };
    };
    // Not through npm: that would look for the tools in this registry as well.
    const step =
      (name: string, ...more: string[]) =>
      (env: Record<string, string>) =>
        run(process.execPath, ["scripts/release/release.ts", name, ...more], env);
    const plan = step("plan");
    const publish = step("npm", "--publish");
    const env = { npm_config_registry: registry.origin, NPM_TOKEN: token };
    try {
      await run("npm", ["run", "release", "--", "plan"]); // installs what the script needs
      const refused = await publish({ ...env, NPM_TOKEN: "another" });
      expect(refused.printed).toContain("E401");
      expect(registry.packages.size).toBe(0);

      const { exitCode, printed } = await publish(env);
      expect(exitCode, printed).toBe(0);
      expect(printed).not.toContain(token);
      expect([...registry.packages.keys()].sort()).toEqual(
        packageNames.map((name) => `@wechat-edge/${name}`),
      );
      expect((await plan(env)).printed).toContain("npm has all packages");

      registry.packages.delete("@wechat-edge/mp-media");
      const again = await publish(env);
      expect(again.printed.match(/is on npm already/g)).toHaveLength(packageNames.length - 1);
      expect(registry.packages.has("@wechat-edge/mp-media")).toBe(true);

      const project = join(folder, "project");
      const scope = { "npm_config_@wechat-edge:registry": registry.origin };
      const install = ["install", "--prefix", project, "@wechat-edge/mp-publish", "--no-audit"];
      const installed = await run("npm", install, scope);
      expect(installed.exitCode, installed.printed).toBe(0);
      const path = join(project, "node_modules/@wechat-edge/core/package.json");
      const core = JSON.parse(readFileSync(path, "utf8")) as { version: string };
      expect(core.version).toBe(output("version"));
    } finally {
      await registry.stop();
    }
  }, 300_000);

  it("has JSR take the sources of each package", async () => {
    const printed = await runJob(runner, release, "jsr");
    for (const name of packageNames) expect(printed).toContain(`@wechat-edge/${name}@`);
    expect(printed).toContain("Dry run complete");
  }, 300_000);

  it("makes a release page with all of it", async () => {
    await runJob(runner, release, "github");
    const given = readFileSync(join(folder, "gh-arguments"), "utf8").trim().split("\n");
    expect(given.slice(0, 3)).toEqual(["release", "create", `v${output("version")}`]);
    const files = given.filter((argument) => argument.startsWith("tarballs/"));
    expect(files.sort()).toEqual(artifacts().map((name) => `tarballs/${name}`));
  });
});

describe("test.yml", () => {
  it.each(Object.keys(test.jobs))(
    "runs in a fresh clone: %s",
    async (name) => {
      await runJob(runner, test, name);
    },
    300_000,
  );
});

it("ran every command of every workflow", () => {
  const scripts = workflowNames.flatMap((name) =>
    stepsOf(workflow(name)).map((step) => step.run ?? step.with?.["script"]),
  );
  const commands = scripts.filter((command) => command !== undefined);
  expect(commands.filter((command) => !ran.has(command.trim()))).toEqual([]);
  expect(existsSync(join(folder, "gh-arguments"))).toBe(true);
});

function output(name: string): string | undefined {
  return runner.values.get(`needs.plan.outputs.${name}`);
}

function readSbom(name: string): Sbom {
  return JSON.parse(readFileSync(join(folder, "artifacts/tarballs", name), "utf8")) as Sbom;
}

function artifacts(): string[] {
  return readdirSync(join(folder, "artifacts/tarballs")).sort();
}
