import { rowOf } from "./expected-violations.ts";
import type { Violation } from "./invariants/invariants.ts";
import { jobNames, oftenNames, operationNames } from "./operations/operations.ts";
import { faultsOf, type Plan, planOf } from "./plan.ts";
import { type PlanResult, runPlan } from "./run-plan.ts";
import { shrink } from "./shrink.ts";

export const planFor = (seed: number): Plan =>
  planOf(seed, { operations: operationNames, often: oftenNames, jobs: jobNames });

/** What many seeds have shown. */
export interface Found {
  readonly seeds: number;
  readonly steps: number;
  readonly faults: number;
  readonly crashes: number;
  readonly requests: number;
  /** The fewest steps and planned faults of a seed. */
  readonly least: { readonly steps: number; readonly faults: number };
  readonly violations: readonly SeedViolation[];
}

export interface SeedViolation extends Violation {
  readonly seed: number;
  /** Its row, if it is known. */
  readonly row: string | undefined;
}

/** Runs seeds until `next`, which gets the violations so far, returns no more. */
export async function runSeeds(
  next: (violations: readonly SeedViolation[]) => number | undefined,
): Promise<Found> {
  const sum = { seeds: 0, steps: 0, faults: 0, crashes: 0, requests: 0 };
  const least = { steps: Number.POSITIVE_INFINITY, faults: Number.POSITIVE_INFINITY };
  const violations: SeedViolation[] = [];
  for (let seed = next([]); seed !== undefined; seed = next(violations)) {
    const plan = planFor(seed);
    const result: PlanResult = await runPlan(plan);
    sum.seeds += 1;
    for (const name of ["steps", "faults", "crashes", "requests"] as const) {
      sum[name] += result[name];
    }
    least.steps = Math.min(least.steps, plan.steps.length);
    least.faults = Math.min(least.faults, faultsOf(plan));
    for (const each of result.violations) {
      violations.push({ ...each, seed: plan.seed, row: rowOf(each) });
    }
  }
  return { ...sum, least, violations };
}

/** What to read of a violation: the seed, and the shortest sequence that still breaks the rule. */
export async function explain({ seed, rule, what }: SeedViolation): Promise<string> {
  const plan = await shrink(planFor(seed), { rule, what });
  const { log } = await runPlan(plan);
  const ids = plan.steps.map(({ id }) => id).join(",");
  return [
    `seed ${seed}: ${rule}: ${what}`,
    ...log.map((line) => `  ${line}`),
    `  again: npm run simulate -- --seed ${seed} --steps ${ids}`,
  ].join("\n");
}
