// The packed packages in programs with the types of each platform, compiled with the TypeScript of this project.
// test/long has the other compilers, and two more environments.

import { rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { environments } from "../consumers/environments.ts";
import { checkInDeno, compile, installPackages } from "../consumers/project.ts";
import { makeDirectory } from "./tarball.ts";

const project = makeDirectory();
beforeAll(() => installPackages(project), 120_000);
afterAll(() => rmSync(project, { recursive: true, force: true }));

/** Hardly another error shows there than with the types of Node and of the DOM. */
const LEFT = ["Node and DOM", "Node 20"];

describe("the types hold", () => {
  it.each(Object.entries(environments).filter(([name]) => !LEFT.includes(name)))(
    "with the types of: %s",
    (_, environment) => {
      const { broken = [] } = environment;
      const found = compile(project, "typescript", environment, "nodenext");
      expect(found).toEqual({ ours: [], broken });
    },
  );

  it("in Deno", async () => {
    await checkInDeno(project);
  });
});
