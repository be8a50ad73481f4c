// A copy of the workspace whose sources may be broken: its packages import each other in the copy, and everything else
// from where this workspace has it.

import { lstatSync, mkdirSync, readdirSync, realpathSync, symlinkSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { copyWorkingTree } from "./working-tree.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Copies what git knows of the workspace, and links node_modules of its root, its packages and its examples. */
export async function copyWorkspace(
  directory: string,
  takes?: (path: string) => boolean,
): Promise<void> {
  await copyWorkingTree(directory, takes);
  const folders = ["packages", "examples", "scripts", "test"].flatMap((parent) =>
    readdirSync(join(root, parent), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => join(parent, name)),
  );
  for (const folder of ["", ...folders]) linkModules(directory, folder);
}

function linkModules(directory: string, folder: string): void {
  const from = join(root, folder, "node_modules");
  const to = join(directory, folder, "node_modules");
  if (lstatSync(from, { throwIfNoEntry: false })?.isDirectory() !== true) return;
  for (const name of readdirSync(from)) {
    // Vite keeps what it has bundled in a folder of its own.
    if (name.startsWith(".") && name !== ".bin") continue;
    const scoped = name.startsWith("@");
    for (const inner of scoped ? readdirSync(join(from, name)) : [""]) {
      const path = join(name, inner);
      mkdirSync(join(to, scoped ? name : ""), { recursive: true });
      symlinkSync(target(directory, join(from, path)), join(to, path));
    }
  }
}

/** A sibling leads into the copy, anything else to where it is. */
function target(directory: string, link: string): string {
  const real = realpathSync(link);
  const path = relative(root, real);
  return path.startsWith("..") || path.includes("node_modules") ? real : join(directory, path);
}
