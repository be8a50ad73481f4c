// npm run audit: what the registry knows of vulnerabilities in what the lockfiles hold. Any in what users install is a
// failure; of the tools, which see no input from outside, those that are high or critical.

import { spawn } from "node:child_process";
import { readArguments } from "./arguments.mjs";
import { exitCodeOf } from "./exit-code.mjs";
import { pnpmPackage } from "./pnpm.mjs";

const pnpm = ["npx", "--yes", "--prefer-offline", pnpmPackage, "audit"];
const audits = [
  ["What users install", [...pnpm, "--prod", "--audit-level=low"]],
  ["The tools of this repository", [...pnpm, "--dev", "--audit-level=high"]],
  [
    "The tools of npm run mutate",
    ["npm", "audit", "--prefix=scripts/mutate/tools", "--package-lock-only", "--audit-level=high"],
  ],
];

readArguments("audit", process.argv.slice(2));
for (const [what, [program, ...args]] of audits) {
  const shell = process.platform === "win32"; // npm and npx are .cmd files there
  const code = await exitCodeOf(spawn(program, args, { stdio: "inherit", shell }));
  console.log(`${String(what)}: ${code === 0 ? "nothing known" : "see above"}`);
  // Also where the registry cannot be asked: what was not audited is not clean.
  if (code !== 0) process.exitCode = 1;
}
