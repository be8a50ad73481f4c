import { boundOf } from "../bounds.ts";
import { operations } from "../operations/operations.ts";
import type { Simulation } from "../simulation.ts";

/**
 * A state with an id that WeChat never gave: a reply on its way had a number (12345 and a few more) in place of a text.
 * Nothing shows that, for WeChat does send numbers; so such a job is refused for ever, and need not end.
 */
const MISLED = /:"123\d\d"/;

/** Differs from run to run. */
const ID = /[\w-]{16,}/g;

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
    if (end !== undefined || texts.length === 0 || texts.some((text) => MISLED.test(text)))
      continue;
    const { name, message } = lastError instanceof Error ? lastError : new Error("none");
    yield `a job (${what.kind}) cannot end: ${name}: ${message.replace(ID, "…").slice(0, 300)}`;
  }
}
