import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Digests of the files git sees (tracked or not ignored), by path. */
export type TreeSnapshot = ReadonlyMap<string, string>;

/** Takes a snapshot; returns undefined if there is no git repository. */
export function snapshotTree(root: string): TreeSnapshot | undefined {
  const args = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
  const { status, stdout } = spawnSync("git", args, { cwd: root, encoding: "utf8" });
  if (status !== 0) return undefined;
  const paths = stdout.split("\0").filter((path) => path !== "");
  return new Map(paths.map((path) => [path, digestFile(join(root, path))]));
}

/** Returns a line for each file that is new, deleted or different. */
export function changedFiles(before: TreeSnapshot, after: TreeSnapshot): string[] {
  const paths = [...new Set([...before.keys(), ...after.keys()])].sort();
  return paths
    .filter((path) => before.get(path) !== after.get(path))
    .map((path) => (before.has(path) ? `changed: ${path}` : `new: ${path}`));
}

function digestFile(path: string): string {
  try {
    return createHash("sha256").update(readFileSync(path)).digest("hex");
  } catch {
    return "unreadable"; // deleted, but still in git's index
  }
}
