import { x } from "tinyexec";
import { namesMissingOnNpm } from "./plan.ts";
import { packedPackages, tarballFolder } from "./tarballs.ts";
import { releaseVersion } from "./workspace.ts";

/**
 * Publishes the tarballs, each after those that it depends on. What npm has already is left out, so
 * that a release that broke off can go on. With `dryRun`, npm checks and lists, and sends nothing.
 */
export async function publishToNpm({ dryRun }: { dryRun: boolean }): Promise<void> {
  const missing = await namesMissingOnNpm(releaseVersion());
  const env = await tokenSettings();
  for (const { manifest, tarball } of packedPackages()) {
    if (!missing.includes(manifest.name)) {
      console.log(`${manifest.name}@${manifest.version} is on npm already.`);
      continue;
    }
    // GitHub signs where and from what the tarball was built; nobody else can.
    const provenance = process.env["GITHUB_ACTIONS"] === "true" ? ["--provenance"] : [];
    const args = ["publish", tarball, "--access=public", ...provenance];
    if (dryRun) args.push("--dry-run");
    const nodeOptions = { cwd: tarballFolder, stdio: "inherit", env } as const;
    await x("npm", args, { throwOnError: true, nodeOptions });
  }
}

// A token among the arguments could be read by every process of the machine.
async function tokenSettings(): Promise<Record<string, string>> {
  const token = process.env["NPM_TOKEN"] ?? "";
  if (token === "") return {}; // npm takes the workflow's own identity, or a login
  const { stdout } = await x("npm", ["config", "get", "registry"], { throwOnError: true });
  const { host, pathname } = new URL(stdout.trim());
  return { [`npm_config_//${host}${pathname}:_authToken`]: token };
}
