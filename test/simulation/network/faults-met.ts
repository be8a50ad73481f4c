import type { Run } from "../run.ts";
import type { NetworkFault } from "./faults.ts";

/** Which faults of the network runs have met, in few words. */
export function faultsMet(runs: readonly Run[]): string {
  const names = runs.flatMap(({ struck }) =>
    [...struck].flatMap((trouble) =>
      trouble.kind === "network" || trouble.kind === "once-only" ? [nameOf(trouble.fault)] : [],
    ),
  );
  return names.length === 0 ? "without a fault of the network" : `after ${names.join(" and ")}`;
}

function nameOf(fault: NetworkFault): string {
  switch (fault.kind) {
    case "gateway":
      return `gateway ${fault.status}`;
    case "odd":
      return `odd (${fault.name})`;
    case "emulator":
      return `emulator ${JSON.stringify(fault.fault)}`;
    default:
      return fault.kind;
  }
}
