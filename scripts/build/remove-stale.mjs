// tsc -b keeps the output of deleted sources in dist, and does not rewrite output that was deleted.

import { readdirSync, rmdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { filesBelow, packageDirectories } from "./packages.mjs";

const INFO = ".tsbuildinfo";
const endings = [".js", ".js.map", ".d.ts", ".d.ts.map"];

/** Prepares the dist folders so that after `tsc -b` they contain the build of the sources and nothing else. */
export function removeStale(directories = packageDirectories) {
  for (const directory of directories) {
    const dist = join(directory, "dist");
    const wanted = new Set(
      filesBelow(join(directory, "src"))
        .filter((path) => path.endsWith(".ts"))
        .flatMap((path) => endings.map((ending) => path.slice(0, -".ts".length) + ending)),
    );
    const found = new Set(filesBelow(dist));
    for (const path of found) {
      if (path !== INFO && !wanted.has(path)) removeFile(dist, path);
    }
    const isWhole = [...wanted].every((path) => found.has(path));
    if (!isWhole) rmSync(join(dist, INFO), { force: true });
  }
}

function removeFile(dist, path) {
  rmSync(join(dist, path));
  for (let folder = dirname(path); folder !== "."; folder = dirname(folder)) {
    if (readdirSync(join(dist, folder)).length > 0) return;
    rmdirSync(join(dist, folder));
  }
}
