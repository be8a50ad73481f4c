// tsc rewrites "./x.ts" only in the imports of .js files. Deno does not resolve the .ts left in .d.ts files, and
// bundlers do not find a worker's script by the .ts left in `new URL("./x.ts", import.meta.url)`.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { filesBelow } from "./packages.mjs";

const specifier = /((?:from|import)\s*\(?\s*["'])(\.{1,2}\/[^"']*)\.ts(["'])/g;
const scriptUrl = /(new URL\(\s*["'])(\.{1,2}\/[^"']*)\.ts(["'],\s*import\.meta\.url\))/g;

/** Changes ".ts" to ".js" in the specifiers of a build. */
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
