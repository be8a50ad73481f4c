// The commands of `npm run …`. Plain JavaScript without dependencies, so that help and mistakes in the
// arguments are printed before anything is installed.

import { readdirSync } from "node:fs";

/** The steps of `npm test`, in their order. */
export const testSteps = [
  "build",
  "types",
  "lint",
  "unit",
  "node",
  "workerd",
  "edge",
  "deno",
  "bun",
  "chromium",
  "firefox",
  "webkit",
  "node20",
  "node22",
  "node26",
  "worker-app",
  "package",
];

/** The steps of `npm run test:long`: the crash test, and each file of test/long. */
export const longSteps = [
  "crash",
  ...readdirSync(new URL("../test/long", import.meta.url))
    .filter((name) => name.endsWith(".test.ts"))
    .map((name) => name.slice(0, -".test.ts".length))
    .sort(),
];

/** The parts of `npm run mutate`, in the order in which they run. */
export const mutationParts = [
  "framing",
  "verification",
  "sign-error",
  "key-ring",
  "tokens",
  "job",
  "video",
  "inspect",
  "retry",
  "exchange",
  "mp-client",
  "limits",
  "rest-of-core",
  "rest-of-pay-media",
  "rest-of-mp-media",
  "rest-of-mp-publish",
  "rest-of-emulator",
];

/** The steps of `npm run release`, in their order. */
export const releaseSteps = ["plan", "pack", "sbom", "notes", "npm", "jsr"];

const only = (steps) => ({
  type: "string",
  value: "STEP,…",
  choices: steps,
  help: `only these steps: ${steps.join(", ")}`,
});
const number = (help, least = 1) => ({ type: "string", value: "N", least, help });

/**
 * By script name in package.json: what the command does, its file, what it needs installed (see
 * install.mjs), its options and its words. `rest` is passed on to another program.
 */
export const commands = {
  demo: {
    does: "Uploads real files to a WeChat emulator on this machine and shows what happens to each.",
    file: "examples/demo/demo.ts",
    needs: "demo",
  },
  start: {
    does: "Starts the emulator and the example Worker, and leaves them running until Ctrl+C.",
    file: "examples/hono-worker/start.ts",
    needs: "start",
  },
  test: {
    does: "Builds, checks and tests everything, in every runtime. Ends with “N passed, N failed”.",
    file: "scripts/test.ts",
    needs: "everything",
    options: {
      only: only(testSteps),
      changed: {
        type: "boolean",
        help: "only the tests of files that differ from the last commit",
      },
      since: {
        type: "string",
        value: "COMMIT",
        help: "the same, for the files that differ from this commit or branch",
      },
    },
    rest: {
      name: "FILE…",
      help: "parts of the names of test files; options of vitest may follow, such as -t NAME",
    },
    notes: [
      "As root on Debian or Ubuntu, it installs missing browsers with apt-get.",
      "WECHAT_EDGE_INSTALL_BROWSERS=0 switches that off.",
    ],
  },
  "test:long": {
    does: "Runs what is too long or too heavy for npm test. Ends with “N passed, N failed”.",
    file: "scripts/test-long.ts",
    needs: "everything",
    options: { only: only(longSteps) },
  },
  "test:crash": {
    does: "Kills a video upload at many points, and resumes it each time.",
    file: "test/scenarios/crash/run.ts",
    needs: "everything",
    options: {
      count: number("how many points (50)"),
      seed: number("which points; each run prints its seed", 0),
    },
  },
  mutate: {
    does: "Changes sources one place at a time, and counts the changes that no test notices. For nights.",
    file: "scripts/mutate/mutate.ts",
    needs: "everything",
    words: { name: "PART", choices: mutationParts },
    options: {
      minutes: number(
        "begins no other file after so many; the next run goes on where this one ended",
      ),
    },
    notes: ["Stryker, 60 MB, is installed into .mutate, where the results are kept too."],
  },
  simulate: {
    does: "Runs random operations of all packages with faults, on a virtual clock, and looks for what must never be.",
    file: "test/simulation/simulate.ts",
    needs: "everything",
    options: {
      minutes: number("how long (1), from a seed that differs each time"),
      seed: number("this seed alone, with a line for each step; with --seeds the first of them", 0),
      seeds: number("so many seeds, instead of minutes"),
      steps: { type: "string", value: "ID,…", help: "of the seed only these steps" },
      until: {
        type: "string",
        value: "TEXT",
        help: "ends at the first violation that fits (RegExp)",
      },
      json: { type: "boolean", help: "prints all that was found as JSON" },
    },
  },
  watch: {
    does: "Runs the unit tests and Node's conformance tests again whenever files change.",
    file: "scripts/watch.ts",
    needs: "everything",
    rest: {
      name: "FILE…",
      help: "parts of the names of test files; options of vitest may follow, such as -t NAME",
    },
  },
  bench: {
    does: "Measures hashing, uploads to WeChat Pay, and videos of 2 GiB (docs/performance.md).",
    file: "test/bench/run.ts",
    needs: "everything",
    words: {
      name: "BENCH",
      choices: ["hashing", "pay-upload", "video-upload", "video-worker", "video-page"],
    },
    options: {
      quick: { type: "boolean", help: "small files and one round, to see that everything works" },
      rounds: number("rounds of each measurement"),
      mebibytes: number("size of the videos"),
    },
  },
  audit: {
    does: "Asks the registry what is known of vulnerabilities in what the lockfiles hold.",
    file: "scripts/audit.mjs",
    needs: "build",
  },
  build: {
    does: "Builds every package into its dist folder.",
    file: "scripts/build/build.mjs",
    needs: "build",
  },
  pack: {
    does: "Builds the packages and writes their tarballs into tarballs/, ready to install.",
    file: "scripts/build/pack.mjs",
    needs: "build",
  },
  changeset: {
    does: "Asks what a change means for users, and writes the answer into .changeset/.",
    file: "scripts/release/changeset.ts",
    needs: "release",
  },
  version: {
    does: "Updates the version and the CHANGELOGs from the changesets (docs/releasing.md).",
    file: "scripts/release/version.ts",
    needs: "release",
  },
  release: {
    does: "Packs the packages, writes SBOMs and release notes, and publishes to npm and JSR, as a dry run.",
    file: "scripts/release/release.ts",
    needs: "release",
    words: { name: "STEP", choices: releaseSteps },
    options: { publish: { type: "boolean", help: "publish for real; without it nothing is sent" } },
  },
};

/** The command as it is typed. */
export function typed(name) {
  return name === "test" || name === "start" ? `npm ${name}` : `npm run ${name}`;
}
