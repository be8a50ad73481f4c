/** A token, and the times between which it works. */
export interface HeldToken {
  readonly value: string;
  readonly since: number;
  readonly until: number;
}

/**
 * A token is replaced when it expires in less than this. It is below 5 minutes, because `stable_token` returns a new
 * token only in the last 5 minutes, in which the old one still works.
 */
const MARGIN_MS = 240_000;
/** How far the clocks of machines that share a store may differ. */
const CLOCK_SKEW_MS = 300_000;
/** How many refused tokens are remembered: a store that lags may return an old one. */
const MAX_REFUSED = 8;

/** Whether the token may be used now. One with a short lifetime is used for half of it. */
export function isFresh({ since, until }: HeldToken, now: number): boolean {
  const margin = Math.min(MARGIN_MS, (until - since) / 2);
  return !isFromFuture(since, now) && until - margin > now;
}

/** Whether a stored time is later than the clock of another machine can be. */
export function isFromFuture(time: number, now: number): boolean {
  return time > now + CLOCK_SKEW_MS;
}

/** Adds the latest refused token, and forgets the oldest of too many. */
export function rememberRefused(refused: Set<string>, value: string): void {
  refused.delete(value);
  refused.add(value);
  for (const old of refused) {
    if (refused.size > MAX_REFUSED) refused.delete(old);
  }
}

/** The times of a token as they are stored. */
export function times({ since, until }: HeldToken): { issued_at: number; expires_at: number } {
  return { issued_at: since, expires_at: until };
}

/** Returns a token with its stored times, or undefined if they are something else. */
export function heldToken(
  value: string,
  { issued_at, expires_at }: Readonly<Record<string, unknown>>,
): HeldToken | undefined {
  if (!isTime(issued_at) || !isTime(expires_at) || expires_at <= issued_at) return undefined;
  return { value, since: issued_at, until: expires_at };
}

function isTime(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value);
}
