// The packed packages in programs with the types of each platform, compiled with the TypeScript of this project.
// test/long has the other compilers.

import { rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { environments } from "../consumers/environments.ts";
import { checkInDeno, compile, installPackages } from "../consumers/project.ts";
import { makeDirectory } from "./tarball.ts";

const project = makeDirectory();
beforeAll(() => installPackages(project), 120_000);
afterAll(() => rmSync(project, { recursive: true, force: true }));

describe("the types hold", () => {
  it.each(Object.entries(environments))("with the types of: %s", (_, environment) => {
    const { broken = [] } = environment;
    const found = compile(project, "typescript", environment, "nodenext");
    expect(found).toEqual({ ours: [], broken });
  });

  it("in Deno", async () => {
    await checkInDeno(project);
  });
});
