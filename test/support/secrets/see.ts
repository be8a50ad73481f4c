// How helpers of tests show what may not contain a secret.

import type { Attempt } from "@wechat-edge/core";

/** What a file of tests has seen, and the secrets that it knows: `createWatch`. */
export interface Watch {
  readonly see: (place: string, value: unknown) => void;
  readonly seeJournal: (journal: Journal) => void;
  readonly know: (kind: string, secret: string) => void;
  /** Searches what was seen since the last time: where secrets stood, and how many things there were. */
  readonly search: () => { leaks: string[]; count: number };
}

interface Journal {
  readonly entries: () => readonly object[];
}

// Modules may be loaded anew for a file, globals stay.
const WATCH: unique symbol = Symbol.for("wechat-edge/test/secrets") as never;
const scope = globalThis as { [WATCH]?: Watch };

/** Undefined in a process that runs no tests: what is seen there is not searched. */
export const currentWatch = (): Watch | undefined => scope[WATCH];

export function setWatch(watch: Watch): void {
  scope[WATCH] = watch;
}

/** What is given here is searched when the test ends. */
export function see(place: string, value: unknown): void {
  currentWatch()?.see(place, value);
}

/** The journal of an emulator in this process is searched when the test ends. */
export function seeJournal(journal: Journal): void {
  currentWatch()?.seeJournal(journal);
}

/** The options of a client, whose attempts are searched. */
export function seeAttempts<T extends { onAttempt?: ((attempt: Attempt) => void) | undefined }>(
  options: T,
): T {
  const { onAttempt } = options;
  if (onAttempt !== undefined && typeof onAttempt !== "function") return options;
  return {
    ...options,
    onAttempt(attempt: Attempt) {
      see("an attempt", attempt);
      return onAttempt?.(attempt);
    },
  };
}
