import { describe, expect, it } from "vitest";
import { expectedViolations } from "./expected-violations.ts";
import { explain, runSeeds } from "./seeds.ts";

/** Generous: the machine may have other work, and a violation is shrunk. */
const TIMEOUT_MS = 300_000;

/**
 * The seeds of `npm test`: a thousand, in four files that two workers share. Half of the time of the first fifty goes to
 * code that is not yet compiled, so that more and smaller files would take longer.
 */
export function describeSeeds(first: number, count: number): void {
  describe(`the simulation of the seeds ${first} to ${first + count - 1}`, () => {
    it("breaks no rule, and has at least 30 steps and 3 faults a seed", {
      timeout: TIMEOUT_MS,
    }, async () => {
      let next = first;
      const found = await runSeeds(() => (next < first + count ? next++ : undefined));
      expect(found.seeds).toBe(count);
      expect(found.least.steps).toBeGreaterThanOrEqual(30);
      expect(found.least.faults).toBeGreaterThanOrEqual(3);
      expect(found.crashes).toBeGreaterThan(count / 4);
      const unknown = found.violations.filter(({ row }) => row === undefined);
      const texts: string[] = [];
      for (const violation of unknown.slice(0, 3)) texts.push(await explain(violation));
      expect(texts.join("\n\n")).toBe("");
      const met = new Set(found.violations.map(({ row }) => row));
      expect(met).toEqual(new Set(Object.keys(expectedViolations)));
    });
  });
}
