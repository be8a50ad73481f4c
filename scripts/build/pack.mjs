// npm run pack: writes the tarballs of all packages into one folder, as they would be published.

import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { pnpmPackage } from "../pnpm.mjs";
import { root } from "./packages.mjs";

const folder = join(root, "tarballs");
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder);

const packages = ["--filter", "./packages/*", "--recursive"];
const args = [...packages, "pack", "--pack-destination", folder, "--workspace-concurrency=1"];
const { status, stdout, stderr } = spawnSync(
  "npx",
  ["--yes", "--prefer-offline", pnpmPackage, ...args],
  {
    cwd: root,
    encoding: "utf8",
    shell: process.platform === "win32", // npx is a .cmd file there
    env: { ...process.env, npm_config_loglevel: "error", npm_config_update_notifier: "false" },
  },
);
if (status !== 0) {
  console.error(`${stdout}${stderr}`.trimEnd());
  console.error("Packing failed; the lines above say why.");
  process.exit(1);
}

const names = readdirSync(folder).sort();
const sizes = names.map((name) => `${Math.ceil(statSync(join(folder, name)).size / 1000)} kB`);
const width = Math.max(...names.map((name) => name.length));
for (const [index, name] of names.entries()) {
  console.log(`${name.padEnd(width)}  ${sizes[index].padStart(7)}`);
}
console.log(`
To install them all, run this in your project:

npm install ${names.map((name) => quoted(join(folder, name))).join(" ")}

Install the packages together: one alone would look for the others in the npm registry.`);

function quoted(path) {
  return /^[\w./-]+$/.test(path) ? path : JSON.stringify(path);
}
