// tsc rewrites "./x.ts" in the imports of .js output alone. Deno cannot resolve what it leaves in .d.ts files, and
// bundlers cannot find a worker's script by what it leaves in `new URL("./x.ts", import.meta.url)`.
// Takes the folders that tsc wrote to; without any, those of all packages.

import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

const given = process.argv.slice(2);
const packages = fileURLToPath(new URL("../packages", import.meta.url));
const built = readdirSync(packages).map((name) => join(packages, name, "dist"));
const specifier = /((?:from|import)\s*\(?\s*["'])(\.{1,2}\/[^"']*)\.ts(["'])/g;
const scriptUrl = /(new URL\(\s*["'])(\.{1,2}\/[^"']*)\.ts(["'],\s*import\.meta\.url\))/g;

for (const folder of given.length > 0 ? given : built.filter(existsSync)) {
  for (const path of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    const [, kind] = /\.(d\.ts|js)$/.exec(path) ?? [];
    if (kind === undefined) continue;
    const file = join(folder, path);
    const before = readFileSync(file, "utf8");
    const after = before.replace(kind === "js" ? scriptUrl : specifier, "$1$2.js$3");
    if (after !== before) writeFileSync(file, after);
  }
}
