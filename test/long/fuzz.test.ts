// Many inputs for every parser that sees bytes from outside, other ones in each run; test/fuzz has a few in npm test.
// FUZZ_SEED repeats a run, FUZZ_TIMES makes a longer one.

import { afterAll, describe, it } from "vitest";
import { runRepeated, singles } from "../fuzz/targets/repeated.ts";
import { fuzzTargets } from "../fuzz/targets.ts";

const seed = Number(process.env["FUZZ_SEED"] ?? Date.now() % 2 ** 31);
const times = Number(process.env["FUZZ_TIMES"] ?? 20);

describe(`what comes from outside (FUZZ_SEED=${seed})`, () => {
  const inputs = new Map<string, number>();
  afterAll(() => {
    const all = [...inputs.values()].reduce((sum, count) => sum + count, 0);
    console.log(`fuzz: ${all} inputs for ${inputs.size} parsers, FUZZ_SEED=${seed}`);
  });

  for (const { name, runs, fuzz } of fuzzTargets) {
    const numRuns = runs * times;
    it(`${name}: ${numRuns} inputs`, { timeout: 600_000 }, async () => {
      await fuzz({ seed, numRuns });
      inputs.set(name, numRuns);
    });
  }

  for (const parser of new Set(singles.map((single) => single.parser))) {
    it(`${parser} takes no longer for many of a token than for few`, async () => {
      const own = singles.filter((single) => single.parser === parser);
      for (const single of own) await runRepeated(single);
      inputs.set(`${parser}, repeated`, own.length);
    });
  }
});
