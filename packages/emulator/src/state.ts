import { createFaults, type FaultQueue } from "./faults/queue.ts";
import { createJournal } from "./journal/journal.ts";
import { createMpState, type MpState } from "./mp/state.ts";
import type { Sha1 } from "./mp/video/sha1.ts";
import { checkOptions } from "./option-rules.ts";
import type { EmulatorOptions } from "./options.ts";
import { createPayState, type PayState } from "./pay/state.ts";
import { type Clock, createClock } from "./time/clock.ts";

/** The state of an emulator. Each reset makes a new one. */
export interface EmulatorState {
  options: EmulatorOptions;
  clock: Clock;
  journal: ReturnType<typeof createJournal>;
  faults: FaultQueue;
  pay: PayState;
  mp: MpState;
}

/** What a runtime does faster than the emulator's own code, or without. */
export interface Runtime {
  newSha1?: () => Sha1;
  /** Whether requests are recorded for the page of the inspector. Default: true. */
  records?: boolean;
}

export function createState(options: EmulatorOptions, { newSha1 }: Runtime): EmulatorState {
  const { storage = "memory" } = checkOptions(options);
  const clock = createClock(options.now);
  return {
    options,
    clock,
    journal: createJournal(),
    faults: createFaults(options.faults ?? []),
    pay: createPayState(options, storage, clock.now),
    mp: createMpState(options, storage, clock.now, newSha1),
  };
}
