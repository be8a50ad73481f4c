// npm run build: builds every package into dist, and removes what is no longer built from dist.

import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { compile } from "./compile.mjs";
import { fixExtensions } from "./fix-extensions.mjs";
import { packageDirectories } from "./packages.mjs";
import { removeStale } from "./remove-stale.mjs";

/** Builds all packages. Throws an Error that says what failed. */
export function build() {
  removeStale();
  compile();
  for (const directory of packageDirectories) fixExtensions(join(directory, "dist"));
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    build();
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
