// All benchmarks, one after another: npm run bench; some of them: npm run bench -- video-upload …
// The first argument that begins with -- and all after it go to each.

import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import process from "node:process";
import { fileURLToPath } from "node:url";

const benches = ["hashing", "pay-upload", "video-upload", "video-worker", "video-page"];

const given = process.argv.slice(2);
const firstOption = given.findIndex((argument) => argument.startsWith("--"));
const chosen = firstOption < 0 ? given : given.slice(0, firstOption);
const options = given.slice(chosen.length);
const unknown = chosen.filter((name) => !benches.includes(name));
if (unknown.length > 0) {
  console.error(`There is no ${unknown.join(", ")}, but ${benches.join(", ")}.`);
  process.exit(2);
}
const isQuick = options.includes("--quick");
for (const name of chosen.length === 0 ? benches : chosen) {
  // It has speeds alone to tell.
  if (isQuick && name === "pay-upload") continue;
  const script = fileURLToPath(new URL(`${name}.ts`, import.meta.url));
  if (!existsSync(script)) continue;
  console.log(`\n== ${name} ==\n`);
  const child = spawn(process.execPath, [script, ...options], { stdio: "inherit" });
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  if (code !== 0) process.exitCode = 1;
}
