// npm run release: all or some steps of a release. Nothing is sent without --publish.
// .github/workflows/release.yml runs the steps one by one.

import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { readArguments } from "../arguments.mjs";
import { root } from "../build/packages.mjs";
import { releaseSteps } from "../commands.mjs";
import { releaseNotes } from "./notes.ts";
import { plan } from "./plan.ts";
import { publishToJsr } from "./publish-jsr.ts";
import { publishToNpm } from "./publish-npm.ts";
import { writeSboms } from "./sbom.ts";
import { tarballFolder } from "./tarballs.ts";

const { words, values } = readArguments("release", process.argv.slice(2));
const dryRun = values["publish"] !== true;
const steps = {
  plan,
  pack,
  sbom: async () => console.log((await writeSboms()).join("\n")),
  notes,
  npm: () => publishToNpm({ dryRun }),
  jsr: () => publishToJsr({ dryRun }),
};
try {
  for (const step of words.length > 0 ? words : releaseSteps) {
    await steps[step as keyof typeof steps]();
  }
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}

function pack(): void {
  const script = join(root, "scripts/build/pack.mjs");
  const { status } = spawnSync(process.execPath, [script], { cwd: root, stdio: "inherit" });
  if (status !== 0) throw new Error("Packing failed.");
}

function notes(): void {
  const text = releaseNotes();
  writeFileSync(join(tarballFolder, "RELEASE_NOTES.md"), text);
  console.log(text);
}
