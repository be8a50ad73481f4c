import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { changedFiles, snapshotTree, type TreeSnapshot } from "./tree-snapshot.ts";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "wechat-edge-tree-"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function snapshot(): TreeSnapshot {
  const taken = snapshotTree(root);
  if (taken === undefined) throw new Error("git does not see the repository.");
  return taken;
}

describe("snapshotTree", () => {
  it("shows what a run changed, added and removed, and not what git ignores", () => {
    spawnSync("git", ["init", "--quiet"], { cwd: root });
    for (const name of ["kept", "edited", "removed"]) writeFileSync(join(root, name), name);
    writeFileSync(join(root, ".gitignore"), "dist\n");
    spawnSync("git", ["add", "."], { cwd: root });
    const before = snapshot();

    writeFileSync(join(root, "edited"), "otherwise");
    rmSync(join(root, "removed"));
    writeFileSync(join(root, "added"), "");
    writeFileSync(join(root, "dist"), "");
    expect(changedFiles(before, snapshot())).toEqual([
      "new: added",
      "changed: edited",
      "changed: removed",
    ]);
  });

  it("returns undefined outside a repository", () => {
    expect(snapshotTree(root)).toBeUndefined();
  });
});
