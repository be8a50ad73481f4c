import { cpSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { x } from "tinyexec";

const root = fileURLToPath(new URL("../..", import.meta.url));

/**
 * Copies to a directory what a clone would hold if everything were committed: no dist, no
 * node_modules. `takes` chooses files by their path.
 */
export async function copyWorkingTree(
  directory: string,
  takes: (path: string) => boolean = () => true,
): Promise<void> {
  const args = ["ls-files", "-z", "--cached", "--others", "--exclude-standard", "--deduplicate"];
  const { stdout } = await x("git", args, { throwOnError: true, nodeOptions: { cwd: root } });
  for (const path of stdout.split("\0").filter((name) => name !== "" && takes(name))) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    cpSync(join(root, path), join(directory, path));
  }
}
