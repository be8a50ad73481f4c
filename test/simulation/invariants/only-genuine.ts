import { FORGED, FORGED_SERIAL } from "../network/attacker.ts";
import { BILL } from "../operations/pay.ts";
import type { Run } from "../run.ts";
import type { Simulation } from "../simulation.ts";

/** Faults of callbacks after which nothing may be read. */
const HARMLESS = [undefined, "rewritten"];

export function* onlyGenuine({ runs }: Simulation): Iterable<string> {
  for (const run of runs) {
    const { outcome, step } = run;
    if (outcome?.ok !== true) continue;
    const text = JSON.stringify(outcome.value) ?? "";
    if (text.includes(FORGED) || text.includes(`"forged":"${FORGED_SERIAL}"`))
      yield `${step.operation} resolved with what an attacker sent`;
    else if (isPayCall(run) && !run.genuine) {
      yield `${step.operation} resolved with a reply that WeChat Pay did not sign`;
    }
    if (step.operation === "downloadPayFile" && outcome.value !== BILL) {
      yield "downloadPayFile ended a file that is not the bill";
    }
    const { fault } = (outcome.value ?? {}) as { fault?: string };
    if (/^read|^answer|Answer$/.test(step.operation) && !HARMLESS.includes(fault)) {
      yield `${step.operation} read what was sent with ${fault}`;
    }
  }
}

/** One signed call whose reply is its result. */
function isPayCall({ step: { operation }, asked }: Run): boolean {
  const isCall = asked.at(-1)?.path.startsWith("/v3/") === true;
  return (
    isCall &&
    !/^checkPayClient|^downloadPayFile|by (many|requests)|under attack$|^read|Notification/.test(
      operation,
    )
  );
}
