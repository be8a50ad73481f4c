import { OutcomeUnknownError, SignatureError } from "@wechat-edge/core";
import { faultsMet } from "../network/faults-met.ts";
import { operations } from "../operations/operations.ts";
import type { Simulation } from "../simulation.ts";

/**
 * Whoever is told that a call failed calls again. So an error after something was done says that this is not known, and
 * is not retryable; and a result says that it was done once.
 */
export function* notDoneTwice({ runs }: Simulation): Iterable<string> {
  for (const run of runs) {
    const { step, once, outcome, abort } = run;
    if (operations[step.operation]?.isOnceOnly !== true || outcome === undefined) continue;
    const done = once.filter((each) => each.done).length;
    if (done > 1) yield `${step.operation} did it ${done} times`;
    if (outcome.ok !== false || done === 0 || abort.signal.aborted) continue;
    const { error } = outcome;
    const { name, retryable } = error as { name: string; retryable?: boolean };
    // A SignatureError says that WeChat Pay may have done it, and whether to look first.
    const says = error instanceof OutcomeUnknownError || error instanceof SignatureError;
    const what = says ? "retryable" : name;
    if (says && retryable !== true) continue;
    yield `${step.operation} was done, and the error is ${what}, ${faultsMet([run])}`;
  }
}
