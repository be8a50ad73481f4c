// npm run changeset: asks what a change means for users, and writes the answer into .changeset.

import { readArguments } from "../arguments.mjs";
import { changeset } from "./changesets.ts";

readArguments("changeset", process.argv.slice(2));
await changeset("add");
