import { given } from "../given.ts";

/** What an HTTP header may hold everywhere. A line end in it would begin another header. */
const PRINTABLE = /^[\t\x20-\x7e]*$/;

/**
 * Throws TypeError for a header that is not one line of printable ASCII. fetch would refuse it with an error that looks
 * like one of the network, which is worth another try; a fetch of the caller's own might send it.
 */
export function checkHeaderValues(headers: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(headers)) {
    if (PRINTABLE.test(value)) continue;
    throw new TypeError(
      `The header ${name} must be one line of printable ASCII characters, not ${given(value)}. Nothing was sent.`,
    );
  }
}
