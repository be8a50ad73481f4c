// Packs the built packages once for all files of test/long.

import type { TestProject } from "vitest/node";
import { packedPackages } from "../package/tarball.ts";

export async function setup(project: TestProject): Promise<void> {
  const paths = (await packedPackages()).map(({ name, path }) => [name, path] as const);
  project.provide("tarballs", Object.fromEntries(paths));
}

declare module "vitest" {
  interface ProvidedContext {
    /** The packed packages: their names without the scope, and where they lie. */
    tarballs: Readonly<Record<string, string>>;
  }
}
