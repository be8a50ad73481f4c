import { boundOf } from "../bounds.ts";
import { operations } from "../operations/operations.ts";
import type { Simulation } from "../simulation.ts";

/** Every promise settles within the bound of its operation, and every job comes to an end. */
export function* endsInTime({ runs, jobs }: Simulation): Iterable<string> {
  for (const { step, startedAt, outcome } of runs) {
    const bound = boundOf(operations[step.operation]?.requests ?? 1);
    if (outcome === undefined) yield `${step.operation} never settled`;
    else if (outcome.at - startedAt > bound) {
      yield `${step.operation} took longer than ${bound / 1000} s`;
    }
  }
  for (const { what, end, lastError, texts } of jobs) {
    if (end !== undefined || texts.length === 0) continue;
    const { name, message } = lastError instanceof Error ? lastError : new Error("none");
    yield `a job (${what.kind}) cannot end: ${name}: ${message.slice(0, 300)}`;
  }
}
