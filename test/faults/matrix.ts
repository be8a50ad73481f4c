import { type Row, runCells } from "./cell.ts";
import { type NamedFault, namedFaults } from "./faults.ts";
import type { Place } from "./kit.ts";
import { mpTargets, platformTargets } from "./mp-targets.ts";
import { payTargets } from "./pay-targets.ts";
import { publishTargets } from "./publish-targets.ts";
import type { Target } from "./target.ts";

/** A part of the page: requests of one service. */
export interface Part {
  readonly title: string;
  readonly service: "pay" | "mp";
  readonly targets: readonly Target[];
}

export const parts: readonly Part[] = [
  { title: "WeChat Pay", service: "pay", targets: payTargets },
  {
    title: "An Official Account",
    service: "mp",
    targets: [...mpTargets, ...publishTargets],
  },
  { title: "A third-party platform", service: "mp", targets: platformTargets },
];

/** The faults that can meet a request of a target. */
export function faultsFor({ service }: Part, { request }: Target): NamedFault[] {
  return namedFaults.filter((named) => {
    const { service: own = service, fault } = named;
    if (fault?.kind.startsWith("certificates-") === true)
      return request.path === "/v3/certificates";
    // The token endpoints know no access_token.
    if (fault?.kind === "token-killed" && request.path.endsWith("token")) return false;
    return own === service;
  });
}

/** Runs all targets of a part with all faults, or those chosen. */
export async function runPart(
  part: Part,
  placeOf: () => Place,
  isChosen: (target: Target, named: NamedFault) => boolean = () => true,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (const target of part.targets) {
    const faults = faultsFor(part, target).filter((named) => isChosen(target, named));
    if (faults.length > 0) rows.push(...(await runCells(placeOf, target, faults)));
  }
  return rows;
}

/** A share of the matrix: every fault, and every request of a call, but not each at each. */
export function isOfShare(target: Target, named: NamedFault, every: number): boolean {
  const targets = parts.flatMap((part) => part.targets);
  return (targets.indexOf(target) + namedFaults.indexOf(named)) % every === 0;
}
