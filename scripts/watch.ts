// npm run watch: vitest in watch mode

import { spawn } from "node:child_process";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { readArguments } from "./arguments.mjs";
import { exitCodeOf } from "./exit-code.mjs";

const { rest } = readArguments("watch", process.argv.slice(2));
const vitest = fileURLToPath(new URL("../node_modules/vitest/vitest.mjs", import.meta.url));
const args = [vitest, "watch", "--project", "unit", "--project", "node", ...rest];
process.exitCode = await exitCodeOf(spawn(process.execPath, args, { stdio: "inherit" }));
