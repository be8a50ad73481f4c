// Which steps `npm test` runs, and which part of them.

import { globSync } from "node:fs";
import { testSteps } from "../commands.mjs";
import { affectedBy, type TestFile } from "./affected.ts";
import { runtimes } from "./runtimes.ts";
import { testFiles } from "./test-files.ts";

/** By the name of a step: vitest arguments that choose a part of it; none if all of it runs. */
export type Plan = ReadonlyMap<string, readonly string[]>;

/** Returns the vitest project that a step runs, or undefined if it runs none. */
export function projectOf(step: string): keyof typeof testFiles | undefined {
  if (runtimes.some(({ name }) => name === step)) return "conformance";
  return Object.keys(testFiles).find((project) => project === step) as keyof typeof testFiles;
}

/** Returns the plan of the named steps, or of all steps. */
export function planOf(only: string | undefined): Plan {
  const names = only?.split(",") ?? testSteps;
  return new Map(testSteps.filter((step) => names.includes(step)).map((step) => [step, []]));
}

/**
 * Returns the part of a plan to run for changed files. `related` are the test files that import one of
 * them, as vitest lists them.
 */
export function narrowToChanges(
  plan: Plan,
  changed: readonly string[],
  related: readonly TestFile[],
): Plan {
  const { whole, files } = affectedBy(changed, related);
  const narrowed = new Map<string, readonly string[]>();
  for (const step of plan.keys()) {
    const project = projectOf(step);
    const some = project === undefined ? [] : (files.get(project) ?? []);
    if (whole.has(project ?? step)) narrowed.set(step, []);
    else if (some.length > 0) narrowed.set(step, some);
  }
  return narrowed;
}

/**
 * Returns the part of a plan that vitest arguments choose: steps with one of the named files. Steps
 * without tests are left out, unless `keepsChecks` is true because they were chosen by name.
 */
export function narrowToFiles(plan: Plan, args: readonly string[], keepsChecks = false): Plan {
  const firstOption = args.findIndex((argument) => argument.startsWith("-"));
  const names = firstOption < 0 ? args : args.slice(0, firstOption);
  const options = firstOption < 0 ? [] : args.slice(firstOption);
  const wanted = names.map((name) => name.replace(/^\.\//, "").replace(/:\d+$/, ""));
  const narrowed = new Map<string, readonly string[]>();
  for (const [step, given] of plan) {
    const project = projectOf(step);
    if (project === undefined) {
      if (keepsChecks) narrowed.set(step, given);
      continue;
    }
    const files = given.length > 0 ? given : filesOf(project);
    const named = files.filter((file) => wanted.some((part) => file.includes(part)));
    if (names.length === 0) narrowed.set(step, [...given, ...options]);
    else if (named.length > 0) {
      narrowed.set(step, [...(given.length > 0 ? named : names), ...options]);
    }
  }
  return narrowed;
}

function filesOf(project: keyof typeof testFiles): string[] {
  return globSync(testFiles[project], { exclude: ["**/node_modules/**"] }).map((path) =>
    path.replaceAll("\\", "/"),
  );
}
