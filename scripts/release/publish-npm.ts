import { x } from "tinyexec";
import { namesMissingOnNpm } from "./plan.ts";
import { packedPackages, tarballFolder } from "./tarballs.ts";
import { releaseVersion } from "./workspace.ts";

/**
 * Publishes the tarballs, each after those that it depends on. Leaves out what npm has already, so that
 * an interrupted release can continue. With `dryRun` npm checks, lists the files and sends nothing.
 */
export async function publishToNpm({ dryRun }: { dryRun: boolean }): Promise<void> {
  const missing = await namesMissingOnNpm(releaseVersion());
  const env = await tokenSettings();
  for (const { manifest, tarball } of packedPackages()) {
    if (!missing.includes(manifest.name)) {
      console.log(`${manifest.name}@${manifest.version} is on npm already.`);
      continue;
    }
    // Only GitHub can sign where and from what the tarball was built.
    const provenance = process.env["GITHUB_ACTIONS"] === "true" ? ["--provenance"] : [];
    const args = ["publish", tarball, "--access=public", ...provenance];
    if (dryRun) args.push("--dry-run");
    const nodeOptions = { cwd: tarballFolder, stdio: "inherit", env } as const;
    await x("npm", args, { throwOnError: true, nodeOptions });
  }
}

// Every process of the machine can read arguments, so the token is passed in the environment.
async function tokenSettings(): Promise<Record<string, string>> {
  const token = process.env["NPM_TOKEN"] ?? "";
  if (token === "") return {}; // npm uses the identity of the workflow, or a login
  const { stdout } = await x("npm", ["config", "get", "registry"], { throwOnError: true });
  const { host, pathname } = new URL(stdout.trim());
  return { [`npm_config_//${host}${pathname}:_authToken`]: token };
}
