// For every file of tests: a test in which something shows a secret fails.

import { afterEach } from "vitest";
import { currentWatch } from "./see.ts";
import { watchSecrets } from "./watch.ts";

declare module "vitest" {
  interface TaskMeta {
    /** Errors, states, checkpoints and attempts that were searched for secrets. */
    searched?: number;
  }
}

watchSecrets();

afterEach(({ task }) => {
  const { leaks = ["Nobody watched"], count = 0 } = currentWatch()?.search() ?? {};
  if (count > 0) task.meta.searched = count;
  if (leaks.length > 0) throw new Error(`A secret is shown: ${leaks.join("; ")}.`);
});
