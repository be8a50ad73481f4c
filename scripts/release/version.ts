// npm run version: takes the changesets into the version and the CHANGELOGs, and writes what follows
// from the version.

import { readArguments } from "../arguments.mjs";
import { changeset } from "./changesets.ts";
import { writeVersionFiles } from "./version-files.ts";

readArguments("version", process.argv.slice(2));
await changeset("version");
for (const path of writeVersionFiles()) console.log(path);
