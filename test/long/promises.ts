// What SECURITY.md promises: the test that holds each, and a change of the sources that breaks it.

import { files } from "./promises/files.ts";
import { incoming } from "./promises/incoming.ts";
import { keys } from "./promises/keys.ts";
import type { SecurityPromise } from "./promises/promise.ts";
import { replies } from "./promises/replies.ts";
import { secrets } from "./promises/secrets.ts";
import { state } from "./promises/state.ts";

export const promises: readonly SecurityPromise[] = [
  ...replies,
  ...keys,
  ...incoming,
  ...files,
  ...secrets,
  ...state,
];
