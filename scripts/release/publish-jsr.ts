import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { x } from "tinyexec";
import { packageDirectories, root } from "../build/packages.mjs";

/** Publishes the sources to JSR. With `dryRun` Deno checks the types, lists the files and sends nothing. */
export async function publishToJsr({ dryRun }: { dryRun: boolean }): Promise<void> {
  const deno = fileURLToPath(new URL("node_modules/.bin/deno", import.meta.url));
  // In a copy, because Deno resolves by package.json and pnpm-workspace.yaml if it finds them, and rewrites them.
  const folder = mkdtempSync(join(tmpdir(), "wechat-edge-jsr-"));
  try {
    for (const directory of packageDirectories) {
      const copy = join(folder, basename(directory));
      mkdirSync(copy);
      for (const name of ["src", "README.md", "CHANGELOG.md", "jsr.json"]) {
        cpSync(join(directory, name), join(copy, name), { recursive: true });
      }
      cpSync(join(root, "LICENSE"), join(copy, "LICENSE"));
    }
    const workspace = packageDirectories.map((directory) => `./${basename(directory)}`);
    writeFileSync(join(folder, "deno.json"), JSON.stringify({ workspace }));
    const args = ["publish", "--allow-dirty", ...(dryRun ? ["--dry-run"] : [])];
    const nodeOptions = { cwd: folder, stdio: "inherit" } as const;
    await x(deno, args, { throwOnError: true, nodeOptions });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
