// The tests of one part, in one project, as Stryker runs them in a copy of the workspace.

import { defineConfig } from "vitest/config";

const include = JSON.parse(process.env["MUTATE_TESTS"] ?? "[]") as string[];

export default defineConfig({
  test: {
    include,
    // Modules are loaded anew for each change, but not for each file of tests: that takes a third of the time.
    isolate: false,
    globalSetup: ["test/support/global-setup.ts"],
    testTimeout: 20_000,
  },
});
