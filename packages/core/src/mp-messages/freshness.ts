import { MessageError } from "./message-error.ts";

/** As for notifications of WeChat Pay; WeChat documents none for messages (assumed). */
export const MAX_AGE_MS: number = 5 * 60_000;

/** Throws MessageError if a signed request is older than `maxAge` milliseconds, or from the future. */
export function checkAge(timestamp: string, now: number, maxAge: number): void {
  const skew = Math.floor(now / 1000) - Number(timestamp);
  if (/^\d{1,12}$/.test(timestamp) && Math.abs(skew) * 1000 <= maxAge) return;
  throw new MessageError(
    skew >= 0
      ? `The request was signed ${skew} seconds before the time of this machine. Somebody sent an old one again, it lay in a queue (read it when it arrives), or the clock of this machine is fast; maxAge allows more.`
      : "The request was signed after the time of this machine, or its timestamp is not in Unix seconds. The clock of this machine is slow, or somebody else has the token.",
    { reason: "stale" },
  );
}
