// A few inputs for every parser that sees bytes from outside; test/long/fuzz.test.ts has many.

import { afterAll, describe, it } from "vitest";
import { fuzzTargets } from "./targets.ts";

const SEED = 20_261_201;
/** npm test runs on two cores beside much else. */
const PART = 1 / 4;

describe(`what comes from outside (seed ${SEED})`, () => {
  let inputs = 0;
  afterAll(() => {
    console.log(`fuzz: ${inputs} inputs for ${fuzzTargets.length} parsers, seed ${SEED}`);
  });

  for (const { name, runs, fuzz } of fuzzTargets) {
    const numRuns = Math.ceil(runs * PART);
    it(`${name}: ${numRuns} inputs`, async () => {
      await fuzz({ seed: SEED, numRuns });
      inputs += numRuns;
    });
  }
});
