// The changesets that are not released yet: the files in .changeset.

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { x } from "tinyexec";
import { root } from "../build/packages.mjs";

/** Lists the changesets that are not released yet. */
export function pendingChangesets(): string[] {
  return readdirSync(join(root, ".changeset"))
    .filter((name) => name.endsWith(".md") && name !== "README.md")
    .sort();
}

/** Runs the changeset command in this terminal. */
export async function changeset(...args: readonly string[]): Promise<void> {
  const cli = fileURLToPath(import.meta.resolve("@changesets/cli/bin.js"));
  const nodeOptions = { cwd: root, stdio: "inherit" } as const;
  const { exitCode } = await x(process.execPath, [cli, ...args], { nodeOptions });
  if (exitCode !== 0) throw new Error(`changeset ${args.join(" ")} ended with code ${exitCode}.`);
}
