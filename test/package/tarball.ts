// The packages as npm would get them.

import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { pnpmPackage } from "../../scripts/pnpm.mjs";
import { command } from "./command.ts";

export interface Tarball {
  /** The package's name without its scope. */
  name: string;
  path: string;
  /** The folder it was unpacked into. */
  unpacked: string;
  /** The files in it, without the leading `package/`. */
  files: string[];
  manifest: Record<string, unknown>;
}

const root = fileURLToPath(new URL("../..", import.meta.url));

/** The directories under packages/, each a package. */
export const packageNames: readonly string[] = readdirSync(join(root, "packages")).sort();

/** A new directory outside the workspace, where no parent holds node_modules. */
export function makeDirectory(): string {
  return mkdtempSync(join(tmpdir(), "wechat-edge-package-"));
}

/** Packs the packages, which are built first, once in each process that asks. Read them only. */
export function packedPackages(): Promise<readonly Tarball[]> {
  packed ??= packAll();
  return packed;
}

let packed: Promise<readonly Tarball[]> | undefined;

// All at once takes hardly longer than one.
async function packAll(): Promise<readonly Tarball[]> {
  // A worker of vitest ends without notice: what it packed is written over by the next.
  const folder = join(root, "node_modules/.cache/packed", process.env["VITEST_POOL_ID"] ?? "0");
  rmSync(folder, { recursive: true, force: true });
  const [program, ...args] = pnpm();
  const packages = ["--filter", "./packages/*", "--recursive"];
  const to = ["--out", join(folder, "%s.tgz"), "--workspace-concurrency=1"];
  await command(program, [...args, ...packages, "pack", ...to], { cwd: root });
  return Promise.all(packageNames.map((name) => unpack(name, folder)));
}

async function unpack(name: string, folder: string): Promise<Tarball> {
  const path = join(folder, `wechat-edge-${name}.tgz`);
  const destination = join(folder, name);
  mkdirSync(destination);
  await command("tar", ["-xzf", path], { cwd: destination });
  const unpacked = join(destination, "package");
  const files = readdirSync(unpacked, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(unpacked.length + 1))
    .sort();
  const manifest = JSON.parse(
    readFileSync(join(unpacked, "package.json"), "utf8"),
  ) as Tarball["manifest"];
  return { name, path, unpacked, files, manifest };
}

// pnpm is on PATH inside `pnpm run` alone; npx has it in its cache from the bootstrap.
function pnpm(): readonly [string, ...string[]] {
  const found = spawnSync("pnpm", ["--version"]).status === 0;
  return found ? ["pnpm"] : ["npx", "--yes", "--prefer-offline", pnpmPackage];
}
