// Packs the built packages once for all files of test/long.

import { rmSync } from "node:fs";
import type { TestProject } from "vitest/node";
import { makeDirectory, pack, packageNames } from "../package/tarball.ts";

export async function setup(project: TestProject): Promise<() => void> {
  const directory = makeDirectory();
  const tarballs: Record<string, string> = {};
  for (const name of packageNames) tarballs[name] = (await pack(name, directory)).path;
  project.provide("tarballs", tarballs);
  return () => rmSync(directory, { recursive: true, force: true });
}

declare module "vitest" {
  interface ProvidedContext {
    /** The packed packages: their names without the scope, and where they lie. */
    tarballs: Readonly<Record<string, string>>;
  }
}
