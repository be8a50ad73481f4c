// The packed packages in programs with the types of each platform, compiled with every TypeScript that is supported, and
// with both ways to find a package.

import { rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { environments } from "../consumers/environments.ts";
import { type Compiler, compile, installPackages } from "../consumers/project.ts";
import { makeDirectory } from "../package/tarball.ts";

const compilers: readonly Compiler[] = [
  "typescript57",
  "typescript59",
  "typescript60",
  "typescript",
];

const project = makeDirectory();
beforeAll(() => installPackages(project), 120_000);
afterAll(() => rmSync(project, { recursive: true, force: true }));

describe.each(compilers)("%s", (compiler) => {
  describe.each(["nodenext", "bundler"] as const)("with moduleResolution %s", (resolution) => {
    it.each(Object.entries(environments))(
      "and the types of: %s",
      (_, environment) => {
        const { broken = [] } = environment;
        const found = compile(project, compiler, environment, resolution);
        expect(found).toEqual({ ours: [], broken });
      },
      60_000,
    );
  });
});
