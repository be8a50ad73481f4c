// Every command of package.json starts here. It needs only Node 20 and npm, installs what the command
// needs, and runs its script, with the pinned Node if that is installed. The file is plain JavaScript
// that old versions of Node parse too, so that they reach the message below.

import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const major = Number(process.versions.node.split(".")[0]);
if (major < 20) stop(`This needs Node 20.19 or later; you have ${process.version}.`);

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
const { readArguments } = await import("./arguments.mjs");
const { commands } = await import("./commands.mjs");
const { exitCodeOf } = await import("./exit-code.mjs");
const { install } = await import("./install.mjs");

const [name, ...args] = process.argv.slice(2);
readArguments(name, args);
const { file, needs } = commands[name];
const isTypeScript = file.endsWith(".ts");
const runsTypeScript = Boolean(process.features.typescript);
const isPinned = process.platform === "linux" && ["x64", "arm64"].includes(process.arch);
if (isTypeScript && !runsTypeScript && !isPinned) {
  stop(
    `This needs Node 22.18 or later on ${process.platform} ${process.arch}; you have ${process.version}.`,
  );
}
const failure = await install(needs, { withNode: isTypeScript && !runsTypeScript });
if (failure !== undefined) stop(failure);
process.exitCode = await run(file, args);

// Without `pnpm run`, so that signals reach the script and not npx and pnpm.
function run(script, given) {
  const pinned = resolve(`node_modules/node-linux-${process.arch}/bin/node`);
  const node = isTypeScript && existsSync(pinned) ? pinned : process.execPath;
  const path = [resolve("node_modules/.bin"), process.env.PATH].join(delimiter);
  const env = { ...process.env, PATH: path };
  const child = spawn(node, [script, ...given], { stdio: "inherit", env });
  // npm sends a signal to its shell, which ends without passing it on.
  const parent = process.ppid;
  setInterval(() => process.ppid === parent || child.kill("SIGTERM"), 500).unref();
  return exitCodeOf(child);
}

function stop(message) {
  console.error(message);
  process.exit(1);
}
