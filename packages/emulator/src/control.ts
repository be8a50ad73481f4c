import type { Applyment } from "./applyments.ts";
import type { Clock } from "./clock.ts";
import { type Credentials, credentials } from "./credentials.ts";
import type { Faults } from "./faults.ts";
import type { Journal } from "./journal.ts";
import type { StoredMedia } from "./media-store.ts";
import type { Merchant } from "./merchants.ts";
import type { Platform } from "./platform-state.ts";
import type { EmulatorState } from "./state.ts";

/** What a test sets and reads from outside. */
export interface Control {
  readonly credentials: Credentials;
  /** Clock, faults, journal, quotas, merchants, media and platform as the options said. */
  reset: () => void;
  /** Adds merchants, or changes those of the same mchid. */
  seed: (seeds: { merchants?: readonly Merchant[] }) => void;
  readonly clock: Clock;
  readonly faults: Faults;
  readonly journal: Journal;
  /** The files stored so far, oldest first. */
  readonly media: readonly StoredMedia[];
  /** The applications taken so far, oldest first. */
  readonly applyments: readonly Applyment[];
  /** Rotates the certificates, and switches between them and the public key. */
  readonly platform: Platform;
}

export function createControl(state: EmulatorState): Control {
  const { clock, faults, journal, platform } = state;
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
    get applyments() {
      return state.applyments.all();
    },
    platform: {
      get mode() {
        return platform.mode;
      },
      setMode: platform.setMode,
      certificates: platform.certificates,
      announce: platform.announce,
      activate: platform.activate,
      retire: platform.retire,
      alternate: platform.alternate,
      greyScale: platform.greyScale,
    },
  };
}
