// tsc rewrites "./x.ts" specifiers in .js output only; Deno cannot resolve them in .d.ts files.

import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const packages = fileURLToPath(new URL("../packages", import.meta.url));
const specifier = /((?:from|import)\s*\(?\s*["'])(\.{1,2}\/[^"']*)\.ts(["'])/g;

for (const path of readdirSync(packages, { recursive: true, encoding: "utf8" })) {
  if (!/^[^/\\]+[/\\]dist[/\\].*\.d\.ts$/.test(path)) continue;
  const file = join(packages, path);
  const before = readFileSync(file, "utf8");
  const after = before.replace(specifier, "$1$2.js$3");
  if (after !== before) writeFileSync(file, after);
}
