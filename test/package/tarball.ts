// The packages as npm would get them.

import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
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

/** Packs a package, which is built first, into a directory. */
export async function pack(name: string, directory: string): Promise<Tarball> {
  const path = join(await packAll(directory), `wechat-edge-${name}.tgz`);
  const destination = join(directory, name);
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

const packed = new Map<string, Promise<string>>();

// All at once takes hardly longer than one.
function packAll(directory: string): Promise<string> {
  const begun = packed.get(directory);
  if (begun !== undefined) return begun;
  const folder = join(directory, "tarballs");
  const [program, ...args] = pnpm();
  const packages = ["--filter", "./packages/*", "--recursive"];
  const to = ["--out", join(folder, "%s.tgz"), "--workspace-concurrency=1"];
  const folderOf = command(program, [...args, ...packages, "pack", ...to], { cwd: root }).then(
    () => folder,
  );
  packed.set(directory, folderOf);
  return folderOf;
}

// pnpm is on PATH inside `pnpm run` alone; npx has it in its cache from the bootstrap.
function pnpm(): readonly [string, ...string[]] {
  const found = spawnSync("pnpm", ["--version"]).status === 0;
  return found ? ["pnpm"] : ["npx", "--yes", "--prefer-offline", pnpmPackage];
}
