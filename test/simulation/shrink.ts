import type { Violation } from "./invariants/invariants.ts";
import type { Plan, Step } from "./plan.ts";
import { runPlan } from "./run-plan.ts";

const MOST_RUNS = 150;

/** Leaves out steps and troubles as long as the same rule is still broken in the same way. */
export async function shrink(plan: Plan, violation: Violation): Promise<Plan> {
  let runs = 0;
  let best = plan;
  const still = async (steps: readonly Step[]): Promise<boolean> => {
    runs += 1;
    if (runs > MOST_RUNS) return false;
    const candidate = { ...plan, steps };
    const { violations } = await runPlan(candidate);
    const isSame = violations.some(
      ({ rule, what }) => rule === violation.rule && what === violation.what,
    );
    if (isSame) best = candidate;
    return isSame;
  };
  for (let size = plan.steps.length >> 1; size >= 1; size >>= 1) {
    for (let at = 0; at < best.steps.length; ) {
      const without = best.steps.filter((_, index) => index < at || index >= at + size);
      if (!(await still(without))) at += size;
    }
  }
  for (const { id } of best.steps) {
    for (let at = 0; at < (best.steps.find((each) => each.id === id)?.troubles.length ?? 0); ) {
      const without = best.steps.map((step) =>
        step.id === id
          ? { ...step, troubles: step.troubles.filter((_, index) => index !== at) }
          : step,
      );
      if (!(await still(without))) at += 1;
    }
  }
  return best;
}
