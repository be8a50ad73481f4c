import { relative } from "node:path";
import process from "node:process";
import { x } from "tinyexec";
import type { TestFile } from "./affected.ts";

/** Lists the files that differ from a commit, new ones included. Rejects if git does not know the commit. */
export async function changesSince(commit: string): Promise<string[]> {
  const known = await x("git", ["rev-parse", "--verify", "--quiet", `${commit}^{commit}`]);
  if (known.exitCode !== 0) {
    throw new Error(`Git does not know the commit or branch “${commit}”. Help: npm test -- --help`);
  }
  const differing = await git("diff", "--name-only", "-z", commit);
  const added = await git("ls-files", "--others", "--exclude-standard", "-z");
  return [...new Set([...differing, ...added])].sort();
}

/** Lists the test files that import a changed file, directly or through others. */
export async function testFilesSince(commit: string): Promise<TestFile[]> {
  const projects = ["unit", "node", "package", "worker-app"].flatMap((name) => ["--project", name]);
  const args = ["list", "--filesOnly", "--json", `--changed=${commit}`, ...projects];
  const vitest = ["node_modules/vitest/vitest.mjs", ...args];
  const { stdout } = await x(process.execPath, vitest, { throwOnError: true });
  const listed = JSON.parse(stdout) as { file: string; projectName: string }[];
  return listed.map(({ file, projectName }) => ({
    project: projectName,
    file: relative(process.cwd(), file).replaceAll("\\", "/"),
  }));
}

async function git(...args: readonly string[]): Promise<string[]> {
  const { stdout, stderr, exitCode } = await x("git", args);
  if (exitCode !== 0) throw new Error(`git ${args.join(" ")} failed: ${stderr.trim()}`);
  return stdout.split("\0").filter((path) => path !== "");
}
