import type { Simulation } from "../simulation.ts";
import { acknowledgedOnce } from "./acknowledged-once.ts";
import { endsInTime } from "./ends-in-time.ts";
import { jobsOnce } from "./jobs-once.ts";
import { noSecrets } from "./no-secrets.ts";
import { notDoneTwice } from "./not-done-twice.ts";
import { nothingLeft } from "./nothing-left.ts";
import { onlyGenuine } from "./only-genuine.ts";
import { requestsBounded } from "./requests-bounded.ts";
import { staysAtHome } from "./stays-at-home.ts";

/** What must never be, and where it was. */
export interface Violation {
  /** Name of the invariant. */
  readonly rule: string;
  /** What exactly, without anything that differs from run to run. */
  readonly what: string;
}

type Invariant = (simulation: Simulation) => Iterable<string>;

const invariants: Readonly<Record<string, Invariant>> = {
  "every promise settles in time": endsInTime,
  "one article and one submission a job": jobsOnce,
  "what was done is not said to be undone": notDoneTwice,
  "no result without a valid signature": onlyGenuine,
  "requests are bounded": requestsBounded,
  "acknowledged blocks are sent once, digests are right": acknowledgedOnce,
  "no secret in errors, attempts, states and logs": noSecrets,
  "no listener and no timer is left": nothingLeft,
  "no request is led to another host": staysAtHome,
};

/** Looks at everything that a plan left behind. */
export function violationsOf(simulation: Simulation): Violation[] {
  return Object.entries(invariants).flatMap(([rule, find]) =>
    Array.from(find(simulation), (what) => ({ rule, what })),
  );
}
