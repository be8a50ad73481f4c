import { TimeoutError, WechatError } from "../errors.ts";
import { within } from "./within.ts";

/** Work that callers share while it runs. */
export interface SharedWork<T> {
  /**
   * Joins the running work, or begins it. `own` is true if the value is that of the work which this call began: joined
   * work may have been begun with other options. No caller's signal reaches the work.
   *
   * @param mayTakeOver - whether the work may be begun again if the request that began it seems to have ended
   */
  run(
    work: () => Promise<T>,
    mayTakeOver?: () => boolean,
  ): Promise<{ readonly value: T; readonly own: boolean }>;
  isUnderWay(): boolean;
}

/** What bounds shared work. */
export interface WorkBounds {
  /** How many milliseconds a caller waits in all, whoever began the work; then it rejects with a TimeoutError. */
  readonly longest?: number | undefined;
  /**
   * If set, a failure that may pass also serves those who come in the second after it, where several callers met it or it
   * is the second in a row. Returns milliseconds.
   */
  readonly now?: (() => number) | undefined;
}

interface Flight<T> {
  readonly result: Promise<T>;
  /** Grows as long as the request that began the work lives. */
  readonly beats: () => number;
  /** For how many milliseconds nobody who looked has heard a new beat. */
  readonly silence: () => number;
  /** Stops its timer, and lets the next caller begin anew. */
  readonly giveUp: () => void;
  isShared: boolean;
}

type Outcome<T> =
  | { readonly value: T }
  | { readonly error: unknown; readonly isRecent: () => boolean };

const BEAT_MS = 500;
/** How often a caller looks, and how long it waits for the next beat before it begins the work itself. */
const PATIENCE_MS = 2000;
/** Each time that work is begun again without an outcome, those who wait are four times as patient, up to this. */
const MAX_PATIENCE_MS = 64_000;
const FAILURE_AGE_MS = 1000;

/**
 * Lets callers share the outcome of work that is running, however long it takes. In a Worker, the work may belong to a
 * request that has ended: it never settles then, and the request's timers have stopped. So the work has a timer that
 * counts beats. When the beats stop, one of the waiting callers begins the work again, and the others join it. How long
 * they have stopped is known to the work, not to a caller: each may wait for less than that. Any outcome serves all who
 * waited for one, so that they do not fail one after the other.
 */
export function createSharedWork<T>(bounds: WorkBounds = {}): SharedWork<T> {
  const { longest = Number.POSITIVE_INFINITY, now } = bounds;
  let flight: Flight<T> | undefined;
  let latest: Outcome<T> | undefined;
  let patience = PATIENCE_MS;
  let failures = 0;

  const begin = (work: () => Promise<T>): Flight<T> => {
    const before = latest;
    let beats = 0;
    const running = (async () => work())();
    const heart = setInterval(() => {
      beats += 1;
      if (beats * BEAT_MS >= longest) own.giveUp(); // it hangs: whoever comes begins it again
    }, BEAT_MS);
    const ended = async (): Promise<T> => {
      try {
        const value = await running;
        latest = { value };
        failures = 0;
        return value;
      } catch (error) {
        // A failure of one who was given up is no news if another has succeeded since.
        if (latest === before) {
          failures += 1;
          const serves = own.isShared || failures > 1;
          latest = { error, isRecent: serves ? recency(error, now) : () => false };
        }
        throw error;
      } finally {
        patience = PATIENCE_MS;
        own.giveUp();
      }
    };
    const giveUp = (): void => {
      clearInterval(heart);
      if (flight === own) flight = undefined;
    };
    const silence = silenceOf(() => beats);
    const own: Flight<T> = {
      result: ended(),
      beats: () => beats,
      silence,
      giveUp,
      isShared: false,
    };
    flight = own;
    own.result.catch(() => undefined); // its caller may have been served by another
    return own;
  };

  return {
    isUnderWay: () => flight !== undefined,
    async run(work, mayTakeOver = () => true) {
      const before = latest;
      if (flight === undefined && before !== undefined && "error" in before && before.isRecent()) {
        throw before.error;
      }
      let own = flight === undefined ? begin(work) : undefined;
      let joined = own ?? flight;
      if (joined !== undefined && joined !== own) joined.isShared = true;
      let waited = 0;
      while (joined !== undefined) {
        const beats = joined.beats();
        const step = Math.min(PATIENCE_MS, longest - waited);
        const settled = await within(step, joined.result);
        if (settled !== undefined) return { ...settled, own: joined === own };
        if (latest !== undefined && latest !== before) {
          if ("error" in latest) throw latest.error;
          return { ...latest, own: false };
        }
        waited += step;
        if (waited >= longest) break;
        if (joined === own) continue;
        const isSilent = flight === joined && joined.beats() === beats;
        if (joined.silence() < patience && isSilent) continue;
        if (isSilent && !mayTakeOver()) break;
        if (isSilent) patience = Math.min(4 * patience, MAX_PATIENCE_MS);
        if (isSilent || flight === undefined) own = begin(work);
        joined = flight;
      }
      throw new TimeoutError(
        `No result came within ${waited} ms from a request that several calls share. Try again.`,
      );
    },
  };
}

/** Looks how long a count has not grown, by a clock that may be set back. */
function silenceOf(beats: () => number): () => number {
  let last = 0;
  let heardAt = Date.now();
  return () => {
    const time = Date.now();
    if (beats() !== last || time < heardAt) heardAt = time;
    last = beats();
    return time - heardAt;
  };
}

/** Whether a failure is so young that another try would hardly end otherwise, by either clock. */
function recency(error: unknown, now: (() => number) | undefined): () => boolean {
  if (now === undefined || !(error instanceof WechatError && error.retryable)) return () => false;
  const clocks = [now, Date.now].map((clock) => ({ clock, at: clock() }));
  return () => clocks.every(({ clock, at }) => Math.abs(clock() - at) < FAILURE_AGE_MS);
}
