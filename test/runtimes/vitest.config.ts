// The conformance files alone, without the plugins that only the pinned Node can load: what Deno,
// Bun and the other Node versions run.

import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { reporters } from "../../scripts/test/reporters.ts";
import { testFiles, testTimeout } from "../../scripts/test/test-files.ts";

// vitest 5 wants Node 22 but runs tests on 20; only its report of a failure needs this function.
// The tests themselves run in workers, which do not see it.
Map.groupBy ??= function groupBy<K, T>(
  items: Iterable<T>,
  keyOf: (item: T, index: number) => K,
): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  let index = 0;
  for (const item of items) {
    const key = keyOf(item, index++);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
};

export default defineConfig({
  root: fileURLToPath(new URL("../..", import.meta.url)),
  test: {
    include: testFiles.conformance,
    reporters: reporters(),
    globalSetup: ["test/support/global-setup.ts"],
    setupFiles: ["test/support/secrets/setup.ts"],
    isolate: false, // as in the other runtimes
    testTimeout,
  },
});
