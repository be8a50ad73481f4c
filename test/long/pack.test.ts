// Packing from a clone in which nothing was built.

import { rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { x } from "tinyexec";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { pnpmPackage } from "../../scripts/pnpm.mjs";
import { makeDirectory, packageNames } from "../package/tarball.ts";
import { copyWorkingTree } from "../support/working-tree.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
let clone: string;
let project: string;

beforeEach(async () => {
  clone = makeDirectory();
  project = makeDirectory();
  await copyWorkingTree(clone, (path) => /^(packages\/|scripts\/|[^/]+$)/.test(path));
});
afterEach(() => {
  for (const folder of [clone, project]) rmSync(folder, { recursive: true, force: true });
});

function useDependencies(): void {
  const packages = packageNames.map((name) => `packages/${name}`);
  for (const folder of [".", "scripts/build", ...packages]) {
    symlinkSync(join(root, folder, "node_modules"), join(clone, folder, "node_modules"));
  }
}

async function run(folder: string, program: string, ...args: string[]) {
  const env = { npm_config_user_agent: undefined };
  const options = { nodeOptions: { cwd: join(clone, folder), env } };
  const { exitCode, stdout, stderr } = await x(program, args, options);
  return { exitCode, printed: stdout + stderr };
}

describe("a package that was not built", () => {
  it("is not packed where nothing is installed, and the message says what to do", async () => {
    const pnpm = ["--yes", "--prefer-offline", pnpmPackage, "pack"];
    const { exitCode, printed } = await run("packages/core", "npx", ...pnpm);
    expect(exitCode).not.toBe(0);
    expect(printed).toContain("TypeScript is not installed");
    expect(printed).toContain("npm run pack");
  });

  it("is not packed by npm, which would leave workspace: in it", async () => {
    useDependencies();
    const { exitCode, printed } = await run("packages/pay-media", "npm", "pack");
    expect(exitCode).not.toBe(0);
    expect(printed).toContain("npm run pack");
  });
});

it("builds and packs all packages, and prints a line that installs them", async () => {
  useDependencies();
  const { exitCode, printed } = await run(".", process.execPath, "scripts/build/pack.mjs");
  expect({ exitCode, printed }).toMatchObject({ exitCode: 0 });
  for (const name of packageNames) {
    expect(printed).toMatch(new RegExp(`^wechat-edge-${name}-[\\d.]+\\.tgz +\\d+ kB$`, "m"));
  }
  const line = printed.split("\n").find((each) => each.startsWith("npm install ")) ?? "";
  const [program = "", ...args] = line.split(" ");
  const quick = ["--prefer-offline", "--no-audit", "--no-fund"];
  await x(program, [...args, ...quick], { throwOnError: true, nodeOptions: { cwd: project } });
  const script = packageNames.map((name) => `await import("@wechat-edge/${name}");`).join("");
  const check = ["--input-type=module", "--eval", script];
  await x(process.execPath, check, { throwOnError: true, nodeOptions: { cwd: project } });
}, 120_000);
