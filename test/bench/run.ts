// All benchmarks, one after another: npm run bench; some of them: npm run bench -- video-upload …
// The options go to each.

import { spawn } from "node:child_process";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { readArguments } from "../../scripts/arguments.mjs";
import { commands } from "../../scripts/commands.mjs";

const { values, words } = readArguments("bench", process.argv.slice(2));
const options = Object.entries(values).map(([name, value]) =>
  value === true ? `--${name}` : `--${name}=${value}`,
);
for (const name of words.length === 0 ? commands.bench.words.choices : words) {
  // It has speeds alone to tell.
  if (values["quick"] && name === "pay-upload") continue;
  const script = fileURLToPath(new URL(`${name}.ts`, import.meta.url));
  console.log(`\n== ${name} ==\n`);
  const child = spawn(process.execPath, [script, ...options], { stdio: "inherit" });
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  if (code !== 0) process.exitCode = 1;
}
