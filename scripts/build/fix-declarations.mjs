// tsc rewrites "./x.ts" specifiers in .js output only; Deno cannot resolve them in .d.ts files.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { filesBelow, packageDirectories } from "./packages.mjs";

const specifier = /((?:from|import)\s*\(?\s*["'])(\.{1,2}\/[^"']*)\.ts(["'])/g;

/** Makes the specifiers in the declarations of every package end with ".js". */
export function fixDeclarations() {
  for (const directory of packageDirectories) {
    const dist = join(directory, "dist");
    for (const path of filesBelow(dist).filter((name) => name.endsWith(".d.ts"))) {
      const file = join(dist, path);
      const before = readFileSync(file, "utf8");
      const after = before.replace(specifier, "$1$2.js$3");
      if (after !== before) writeFileSync(file, after);
    }
  }
}
