import type { Fault, Service } from "./fault.ts";
import { checkFault, type FaultStage, serviceOfFault, stageOf } from "./kinds.ts";

export interface FaultedRequest {
  service: Service;
  method: string;
  path: string;
  filename?: string | undefined;
  appid?: string | undefined;
  action?: string | undefined;
}

/** The faults that are set. */
export interface FaultControl {
  /** Adds a fault. Throws TypeError for an unknown kind or parameter. */
  add: (fault: Fault) => void;
  /** The faults left, in the order they were added; `times` and `skip` count down. */
  list: () => Fault[];
  /** Removes all faults. */
  clear: () => void;
}

export interface FaultQueue extends FaultControl {
  /** Uses the first fault of this stage that matches and that `spares` does not exclude. */
  take(
    stage: FaultStage,
    request: FaultedRequest,
    spares?: (fault: Fault) => boolean,
  ): Fault | undefined;
  /** Uses every fault of this stage that matches. */
  takeAll(stage: FaultStage, request: FaultedRequest): Fault[];
}

function matches(fault: Fault, request: FaultedRequest): boolean {
  const { match = {} } = fault;
  if ((serviceOfFault(fault) ?? request.service) !== request.service) return false;
  if (match.method !== undefined && match.method.toUpperCase() !== request.method) return false;
  for (const name of ["filename", "appid", "action"] as const) {
    if (match[name] !== undefined && match[name] !== request[name]) return false;
  }
  if (match.path === undefined) return true;
  return match.path.endsWith("*")
    ? request.path.startsWith(match.path.slice(0, -1))
    : match.path === request.path;
}

interface Queued {
  fault: Fault;
  /** How often it applies, and how many requests pass before. */
  left: number;
  skip: number;
}

const listed = ({ fault, left, skip }: Queued): Fault => {
  const { skip: _, ...rest } = fault;
  return { ...rest, times: left === Infinity ? 0 : left, ...(skip > 0 && { skip }) };
};

export function createFaults(preset: readonly Fault[]): FaultQueue {
  let queue: Queued[] = [];
  const enlist = (fault: Fault, root: string): void => {
    const checked = checkFault(fault, root);
    const { times = 1, skip = 0 } = checked;
    queue.push({ fault: checked, left: times === 0 ? Infinity : times, skip });
  };
  const use = (entry: Queued): Fault => {
    entry.left -= 1;
    if (entry.left <= 0) queue = queue.filter((other) => other !== entry);
    return entry.fault;
  };
  /** The matching faults with nothing left to skip; counts down the others. */
  const candidates = (stage: FaultStage, request: FaultedRequest): Queued[] =>
    queue
      .filter(({ fault }) => stageOf(fault) === stage && matches(fault, request))
      .filter((entry) => {
        if (entry.skip === 0) return true;
        entry.skip -= 1;
        return false;
      });
  for (const [at, fault] of preset.entries()) enlist(fault, `faults[${at}]`);
  return {
    add: (fault) => enlist(fault, "fault"),
    list: () => queue.map(listed),
    clear() {
      queue = [];
    },
    take(stage, request, spares = () => false) {
      const entry = candidates(stage, request).find(({ fault }) => !spares(fault));
      return entry && use(entry);
    },
    takeAll: (stage, request) => candidates(stage, request).map(use),
  };
}
