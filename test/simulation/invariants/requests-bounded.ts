import { CERTIFICATE_REQUESTS_A_MINUTE, RETRY, TOKEN_REQUESTS_A_MINUTE } from "../bounds.ts";
import { operations } from "../operations/operations.ts";
import type { Asked } from "../run.ts";
import type { Simulation } from "../simulation.ts";

const MINUTE_MS = 60_000;
/** A call is tried so often, and so often again with another token. */
const TRIES = 2 * RETRY.attempts;

export function* requestsBounded({ runs }: Simulation): Iterable<string> {
  for (const { step, asked } of runs) {
    const operation = operations[step.operation];
    const calls = asked.filter(({ kind }) => kind === "call").length;
    const isBurst = step.operation.includes(" by ");
    if (operation?.requests === 1 && !isBurst && calls > TRIES) {
      yield `${step.operation} made ${calls} requests`;
    }
  }
  const processes = new Set(runs.map(({ process }) => process));
  for (const process of processes) {
    // What a caller asks for by itself is the caller's.
    const own = runs.filter(
      (run) =>
        run.process === process &&
        !/^check|^payReq|Ticket|queryAuth|PreAuth|Authorizer|^platform|under attack/.test(
          run.step.operation,
        ),
    );
    const all = own.flatMap(({ asked }) => asked).sort((one, other) => one.at - other.at);
    for (const [path, most] of [
      ["/cgi-bin/stable_token", TOKEN_REQUESTS_A_MINUTE],
      ["/cgi-bin/token", TOKEN_REQUESTS_A_MINUTE],
      ["/cgi-bin/component/api_component_token", TOKEN_REQUESTS_A_MINUTE],
      ["/cgi-bin/component/api_authorizer_token", TOKEN_REQUESTS_A_MINUTE],
      ["/v3/certificates", CERTIFICATE_REQUESTS_A_MINUTE],
    ] as const) {
      const times = all.filter((each: Asked) => each.path === path).map(({ at }) => at);
      const crowd = mostInAMinute(times);
      if (crowd > most) yield `${path} was asked more than ${most} times in a minute by one client`;
    }
  }
}

function mostInAMinute(times: readonly number[]): number {
  const counts = times.map((from, at) => {
    return times.slice(at).filter((time) => time - from < MINUTE_MS).length;
  });
  return Math.max(0, ...counts);
}
