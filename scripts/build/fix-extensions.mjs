// tsc rewrites "./x.ts" in the imports of .js output alone. Deno cannot resolve what it leaves in .d.ts files, and
// bundlers cannot find a worker's script by what it leaves in `new URL("./x.ts", import.meta.url)`.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { filesBelow } from "./packages.mjs";

const specifier = /((?:from|import)\s*\(?\s*["'])(\.{1,2}\/[^"']*)\.ts(["'])/g;
const scriptUrl = /(new URL\(\s*["'])(\.{1,2}\/[^"']*)\.ts(["'],\s*import\.meta\.url\))/g;

/** Makes the specifiers in the output of a build end with ".js". */
export function fixExtensions(dist) {
  for (const path of filesBelow(dist)) {
    const [, kind] = /\.(d\.ts|js)$/.exec(path) ?? [];
    if (kind === undefined) continue;
    const file = join(dist, path);
    const before = readFileSync(file, "utf8");
    const after = before.replace(kind === "js" ? scriptUrl : specifier, "$1$2.js$3");
    if (after !== before) writeFileSync(file, after);
  }
}
