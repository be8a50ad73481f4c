/** The test files of each vitest project. Deno, Bun and the other versions of Node run those of conformance. */
export const testFiles = {
  unit: [
    "packages/*/test/**/*.test.ts",
    "test/fuzz/**/*.test.ts",
    "test/interop/**/*.test.ts",
    "test/scenarios/**/*.test.ts",
    "test/simulation/**/*.test.ts",
    "test/support/**/*.test.ts",
    "scripts/**/*.test.ts",
  ],
  package: ["test/{structure,docs,package}/**/*.test.ts"],
  conformance: ["test/conformance/**/*.test.ts"],
  "worker-app": ["examples/hono-worker/test/**/*.test.ts"],
  long: ["test/long/**/*.test.ts"],
};

/** In milliseconds; generous, because two steps share the cores and the machine may have other work. */
export const testTimeout = 20_000;
