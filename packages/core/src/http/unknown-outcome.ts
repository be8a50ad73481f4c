import { NetworkError, ReplyError, TimeoutError } from "../errors.ts";

/** A caller's consent to repeat what may have been done already. */
export interface UnknownOutcomeOptions {
  /**
   * Whether a lost reply lets the call be repeated, at the risk of doing it twice. Without it, the call throws an
   * OutcomeUnknownError.
   */
  readonly retryUnknown?: boolean | undefined;
}

/** Whether what was asked for may have been done in spite of an error that no half knows more of. */
export function mayHaveBeenDone(error: unknown): boolean {
  if (error instanceof NetworkError || error instanceof TimeoutError) return true;
  return error instanceof ReplyError && !NOT_PASSED_ON.includes(error.status);
}

/** By these a gateway says in WeChat's place that it refuses the request, and has not asked WeChat. */
const NOT_PASSED_ON: readonly number[] = [401, 403, 404, 405, 407, 411, 412, 413, 414, 429, 431];
