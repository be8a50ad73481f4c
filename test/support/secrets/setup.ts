// For every file of tests: a test in which something shows a secret fails.

import { afterEach } from "vitest";
import { searchSeen, watchSecrets } from "./watch.ts";

declare module "vitest" {
  interface TaskMeta {
    /** Errors, states, checkpoints and attempts that were searched for secrets. */
    searched?: number;
  }
}

watchSecrets();

afterEach(({ task }) => {
  const { leaks, count } = searchSeen();
  if (count > 0) task.meta.searched = count;
  if (leaks.length > 0) throw new Error(`A secret is shown: ${leaks.join("; ")}.`);
});
