import type { FuzzTarget } from "./fuzz-target.ts";
import { callbackTargets } from "./targets/callbacks.ts";
import { fileTargets } from "./targets/files.ts";
import { formTargets } from "./targets/forms.ts";
import { headerTargets } from "./targets/headers.ts";
import { htmlTargets } from "./targets/html.ts";
import { jsonTargets } from "./targets/json.ts";
import { keyTargets } from "./targets/keys.ts";
import { repeatedTargets } from "./targets/repeated.ts";
import { storeTargets } from "./targets/stores.ts";

/** Every parser that sees bytes from outside. */
export const fuzzTargets: readonly FuzzTarget[] = [
  ...formTargets,
  ...jsonTargets,
  ...keyTargets,
  ...fileTargets,
  ...htmlTargets,
  ...storeTargets,
  ...callbackTargets,
  ...headerTargets,
  ...repeatedTargets,
];
