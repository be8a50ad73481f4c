import type { Clock } from "./clock.ts";
import { type Credentials, credentials } from "./credentials.ts";
import type { Faults } from "./faults.ts";
import type { Journal } from "./journal.ts";
import type { StoredMedia } from "./media-store.ts";
import type { Merchant } from "./merchants.ts";
import type { EmulatorState } from "./state.ts";

/** What a test sets and reads from outside. */
export interface Control {
  readonly credentials: Credentials;
  /** Clock, faults, journal, quotas, merchants and media back to what the options said. */
  reset: () => void;
  /** Adds merchants, or changes those of the same mchid. */
  seed: (seeds: { merchants?: readonly Merchant[] }) => void;
  readonly clock: Clock;
  readonly faults: Faults;
  readonly journal: Journal;
  /** The files stored so far, oldest first. */
  readonly media: readonly StoredMedia[];
}

export function createControl(state: EmulatorState): Control {
  const { clock, faults, journal } = state;
  return {
    credentials,
    reset: () => state.reset(),
    seed: ({ merchants = [] }) => state.merchants.seed(merchants),
    clock: { now: clock.now, set: clock.set, advance: clock.advance },
    faults: { add: faults.add, list: faults.list, clear: faults.clear },
    journal: { entries: journal.entries, clear: journal.clear },
    get media() {
      return state.media.all();
    },
  };
}
