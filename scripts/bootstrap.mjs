// `npm test`, `npm run demo` and `npm start` begin here: needs Node 20 and npm alone, brings pnpm
// with npx, installs from the lockfile, then runs one script of package.json under the pinned Node.
// Plain JavaScript that old Nodes can still parse, so that they get to the message below.

import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { constants } from "node:os";
import { delimiter, resolve as resolvePath } from "node:path";
import { fileURLToPath } from "node:url";
import { pnpmPackage } from "./pnpm.mjs";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));

const isLinux = process.platform === "linux" && ["x64", "arm64"].includes(process.arch);
const isLinuxX64 = isLinux && process.arch === "x64";
const networkFailure =
  /ENOTFOUND|EAI_AGAIN|ECONN|ETIMEDOUT|ENETUNREACH|ENOTCACHED|fetch failed|error sending request|dns error/i;

checkNode();
await install();
const [name, ...args] = process.argv.slice(2);
process.exitCode = await runScript(name, args);

function checkNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major < 20) stop(`Node 20 or later has to start this; this is ${process.version}.`);
  // Elsewhere there is no pinned Node to install, and the scripts are TypeScript.
  if (!isLinux && (major < 22 || (major === 22 && minor < 18))) {
    stop(
      `Node 22.18 or later has to start this on ${process.platform}; this is ${process.version}.`,
    );
  }
}

async function install() {
  if (!existsSync("node_modules")) {
    console.log(`Installing the dependencies with ${pnpmPackage} (1.2 GB on disk, once) …`);
  }
  // The lockfile lists the platform packages of Linux x64 alone.
  const lockfile = isLinuxX64 ? "--frozen-lockfile" : "--no-frozen-lockfile";
  const npx = ["--yes", "--prefer-offline", pnpmPackage];
  const child = spawn("npx", [...npx, "install", lockfile, "--reporter=append-only"], {
    stdio: ["ignore", "pipe", "pipe"],
    shell: process.platform === "win32", // npx is a .cmd file there
    env: {
      ...process.env,
      npm_config_loglevel: "error",
      npm_config_update_notifier: "false",
      npm_config_fetch_retry_mintimeout: "1000", // without a network, say so soon
    },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text) => {
      output += text;
    });
  }
  const code = await exitCodeOf(child);
  if (code === 0) return;
  if (output !== "") console.error(output.trimEnd());
  stop(
    networkFailure.test(output)
      ? `The npm registry cannot be reached, and ${pnpmPackage} or a dependency is not here yet. Run the same command again with a network.`
      : "Installing the dependencies failed; the lines above say why.",
    code,
  );
}

// Not through `pnpm run`: npx and pnpm stand between a signal and the script otherwise.
async function runScript(name, args) {
  const { scripts } = JSON.parse(readFileSync("package.json", "utf8"));
  const [program, ...given] = (scripts[name] ?? "").split(" ");
  if (program !== "node") {
    stop(`package.json must have a script ${JSON.stringify(name)} that runs node alone.`);
  }
  const pinned = resolvePath(`node_modules/node-linux-${process.arch}/bin/node`);
  const node = existsSync(pinned) ? pinned : process.execPath;
  const path = [resolvePath("node_modules/.bin"), process.env.PATH].join(delimiter);
  return exitCodeOf(
    spawn(node, [...given, ...args], { stdio: "inherit", env: { ...process.env, PATH: path } }),
  );
}

function exitCodeOf(child) {
  const forward = (signal) => {
    // A terminal has sent its Ctrl-C to the child as well.
    if (signal !== "SIGINT" || !process.stdin.isTTY) child.kill(signal);
  };
  process.on("SIGINT", forward).on("SIGTERM", forward);
  return new Promise((resolve) => {
    child.on("error", (error) => {
      stop(
        error.code === "ENOENT" && child.spawnfile === "npx"
          ? "npx is not on PATH. It comes with npm, which comes with Node: https://nodejs.org/"
          : `${child.spawnfile} did not start: ${error.message}`,
      );
    });
    child.on("close", (code, signal) => {
      process.off("SIGINT", forward).off("SIGTERM", forward);
      resolve(code ?? 128 + constants.signals[signal]);
    });
  });
}

function stop(message, code = 1) {
  console.error(message);
  process.exit(code);
}
