import { type NetworkFault, type StoreFault, someFault, storeFaults } from "./network/faults.ts";
import { createRandom, type Random } from "./random.ts";

/** What happens to the process of a step. */
export type Trouble =
  | { readonly kind: "network"; readonly skip: number; readonly fault: NetworkFault }
  /** The same, at the first request that must not be made twice. */
  | { readonly kind: "once-only"; readonly fault: NetworkFault }
  | { readonly kind: "store"; readonly fault: StoreFault }
  | { readonly kind: "abort"; readonly after: number }
  /** The process ends at a request or where a state is to be kept, before or after that is done. */
  | {
      readonly kind: "crash";
      readonly at: "request" | "once-only" | "keep" | "kept-once-only";
      readonly skip: number;
      readonly done: boolean;
    }
  /** What keeps the state throws, with the state kept or not. */
  | {
      readonly kind: "keep";
      readonly at: "keep" | "kept-once-only";
      readonly skip: number;
      readonly done: boolean;
    }
  /** The clock of the process is wrong. */
  | { readonly kind: "clock"; readonly ms: number };

/** One call of an operation, or one event of the world, at its moment. */
export interface Step {
  readonly id: number;
  /** Milliseconds after the start. */
  readonly at: number;
  readonly operation: string;
  /** Which process makes it. */
  readonly process: number;
  /** Fixes every choice of this step, whatever becomes of the others. */
  readonly seed: number;
  readonly troubles: readonly Trouble[];
}

/** All that a seed does. A plan with fewer steps runs too: that is how a violation is shrunk. */
export interface Plan {
  readonly seed: number;
  /** Whether every answer to an unknown outcome is true. */
  readonly strict: boolean;
  readonly steps: readonly Step[];
}

export const PROCESSES = 3;
const LEAST_STEPS = 30;
const MOST_STEPS = 36;
const LEAST_FAULTS = 3;
const SPAN_MS = 90_000;

/** The events that are faults of their own. */
export const isEvent = (operation: string): boolean => operation.startsWith("event: ");

/** The number of faults of a plan. */
export function faultsOf({ steps }: Plan): number {
  return steps.reduce((sum, { troubles, operation }) => {
    return sum + troubles.length + (isEvent(operation) ? 1 : 0);
  }, 0);
}

/** The plan of a seed. `operations` are all names; `often` those with more to lose. */
export function planOf(
  seed: number,
  names: {
    readonly operations: readonly string[];
    readonly often: readonly string[];
    readonly jobs: readonly string[];
  },
): Plan {
  const random = createRandom(seed);
  const count = random.int(LEAST_STEPS, MOST_STEPS);
  const steps = Array.from({ length: count }, (_, id): Step => {
    const isOften = random.chance(0.5);
    const operation = random.pick(isOften ? names.often : names.operations);
    const forced = id < LEAST_FAULTS;
    const likely = names.jobs.includes(operation) ? jobTrouble : someTrouble;
    const troubles = isEvent(operation) ? [] : someTroubles(random, likely, isOften, forced);
    return {
      id,
      at: random.int(0, SPAN_MS),
      operation,
      process: random.int(0, PROCESSES - 1),
      seed: random.int(0, 2 ** 31),
      troubles,
    };
  });
  return { seed, strict: random.chance(0.7), steps };
}

type SomeTrouble = (random: Random, isOften: boolean) => Trouble;

function someTroubles(
  random: Random,
  some: SomeTrouble,
  isOften: boolean,
  forced: boolean,
): Trouble[] {
  const troubles: Trouble[] = [];
  while (troubles.length < 3 && random.chance(isOften ? 0.55 : 0.35)) {
    troubles.push(some(random, isOften));
  }
  if (forced && troubles.length === 0) troubles.push(some(random, isOften));
  return troubles;
}

function someTrouble(random: Random, isOften: boolean): Trouble {
  const dice = random.next();
  const skip = random.int(0, isOften ? 6 : 1);
  const done = random.chance(0.6);
  if (dice < 0.05) {
    return { kind: "network", skip: 0, fault: { kind: "badly-signed", how: "changed" } };
  }
  if (dice < 0.4) return { kind: "network", skip, fault: someFault(random) };
  if (dice < 0.62) return { kind: "once-only", fault: someFault(random) };
  if (dice < 0.7) return { kind: "store", fault: random.pick(storeFaults) };
  if (dice < 0.77) return { kind: "abort", after: random.int(0, 8_000) };
  if (dice < 0.82) return { kind: "clock", ms: random.pick([-1, 1]) * random.int(1, 400) * 1000 };
  if (dice < 0.89) {
    const at = random.pick(["keep", "kept-once-only"] as const);
    return { kind: "keep", at, skip, done: at === "keep" && done };
  }
  const at = random.pick(["request", "once-only", "keep", "kept-once-only"] as const);
  return { kind: "crash", at, skip, done };
}

/** What happens to a job: mostly around the calls that must not be made twice. */
function jobTrouble(random: Random, isOften: boolean): Trouble {
  const dice = random.next();
  const skip = random.int(0, 6);
  if (dice < 0.25) return { kind: "once-only", fault: someFault(random) };
  if (dice < 0.4) return { kind: "once-only", fault: { kind: random.pick(["lost", "swallowed"]) } };
  if (dice < 0.5) return { kind: "crash", at: "once-only", skip, done: random.chance(0.4) };
  if (dice < 0.6) return { kind: "keep", at: "kept-once-only", skip, done: false };
  if (dice < 0.7) return { kind: "crash", at: "kept-once-only", skip, done: false };
  return someTrouble(random, isOften);
}
