// npm run version: updates the version and the CHANGELOGs from the changesets, and the files that are
// written from the version.

import { readArguments } from "../arguments.mjs";
import { changeset } from "./changesets.ts";
import { writeVersionFiles } from "./version-files.ts";

readArguments("version", process.argv.slice(2));
await changeset("version");
for (const path of writeVersionFiles()) console.log(path);
