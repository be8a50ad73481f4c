/** Timers that move only when they are told to. */
export interface VirtualTimers {
  readonly now: () => number;
  /** Calls `callback` after `ms`; again and again with `every`. Returns the id of the timer. */
  set(callback: () => void, ms: number, every?: boolean): number;
  clear(id: number): void;
  /** Moves to the next timer and runs it. False if there is none up to the moment `until`. */
  step(until: number): boolean;
  /** Forgets the timers of an owner, as when a process is killed. */
  drop(owner: object): void;
  /** Owners of the timers that are still set. */
  owners(): readonly (object | undefined)[];
}

interface Timer {
  readonly id: number;
  readonly owner: object | undefined;
  readonly callback: () => void;
  readonly interval: number | undefined;
  at: number;
}

/** `ownerOf` says whose timer it is that is being set. */
export function createVirtualTimers(
  start: number,
  ownerOf: () => object | undefined,
): VirtualTimers {
  const timers = new Map<number, Timer>();
  let now = start;
  let ids = 0;
  const nextTimer = (): Timer | undefined => {
    let next: Timer | undefined;
    for (const timer of timers.values()) {
      if (next === undefined || timer.at < next.at) next = timer; // of equal ones the first set
    }
    return next;
  };
  return {
    now: () => now,
    set(callback, ms, every = false) {
      ids += 1;
      const wait = Math.max(1, Number.isFinite(ms) ? ms : 1);
      const interval = every ? wait : undefined;
      timers.set(ids, { id: ids, owner: ownerOf(), callback, interval, at: now + wait });
      return ids;
    },
    clear: (id) => void timers.delete(id),
    step(until) {
      const timer = nextTimer();
      if (timer === undefined || timer.at > until) return false;
      now = timer.at;
      timers.delete(timer.id);
      if (timer.interval !== undefined) {
        timer.at += timer.interval;
        timers.set(timer.id, timer);
      }
      timer.callback();
      return true;
    },
    drop(owner) {
      for (const [id, timer] of timers) if (timer.owner === owner) timers.delete(id);
    },
    owners: () => [...timers.values()].map(({ owner }) => owner),
  };
}
