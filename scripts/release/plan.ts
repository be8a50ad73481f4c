// Whether there is something to release.

import { appendFileSync } from "node:fs";
import { x } from "tinyexec";
import { root } from "../build/packages.mjs";
import { pendingChangesets } from "./changesets.ts";
import { releaseVersion, workspacePackages } from "./workspace.ts";

/** Prints in one line what a release would do, and writes it to the outputs of the GitHub step. */
export async function plan(): Promise<void> {
  const version = releaseVersion();
  const pending = pendingChangesets();
  const isNew = version === "0.0.0"; // never released
  const missing = pending.length > 0 || isNew ? [] : await namesMissingOnNpm(version);
  const isRelease = missing.length > 0;
  if (pending.length > 0) {
    console.log(`Nothing to release: first run npm run version for ${pending.join(", ")}.`);
  } else if (isRelease) {
    console.log(`Version ${version} can be released: npm lacks ${missing.join(", ")}.`);
  } else if (isNew) {
    console.log("Nothing to release: there is no changeset, and the version is 0.0.0.");
  } else {
    console.log(`Nothing to release: npm has all packages in version ${version}.`);
  }
  const output = process.env["GITHUB_OUTPUT"];
  const outputs = { version, pending: pending.length > 0, release: isRelease };
  const lines = Object.entries(outputs).map(([name, value]) => `${name}=${value}\n`);
  if (output !== undefined) appendFileSync(output, lines.join(""));
}

/** Returns the packages that npm does not have in this version. */
export async function namesMissingOnNpm(version: string): Promise<string[]> {
  const missing: string[] = [];
  for (const { manifest } of workspacePackages()) {
    const args = ["view", `${manifest.name}@${version}`, "version", "--json", "--prefer-online"];
    const { exitCode, stdout, stderr } = await x("npm", args, { nodeOptions: { cwd: root } });
    const isUnknown = exitCode !== 0 && stdout.includes('"E404"');
    if (exitCode !== 0 && !isUnknown) throw new Error(`npm ${args.join(" ")} failed:\n${stderr}`);
    if (isUnknown || stdout.trim() === "") missing.push(manifest.name);
  }
  return missing;
}
