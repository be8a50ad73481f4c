import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/**
 * The Node that runs the workspace's TypeScript as it stands: the pinned one where it is
 * installed (Linux), else the `node` on PATH, which then has to be 22.18 or later.
 */
export function toolNode(): string {
  const pinned = new URL(`../../node_modules/node-linux-${process.arch}/bin/node`, import.meta.url);
  return existsSync(pinned) ? fileURLToPath(pinned) : "node";
}
