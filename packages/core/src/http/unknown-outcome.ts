import { NetworkError, ReplyError, TimeoutError } from "../errors.ts";
import { isUnusableResponse } from "./unusable-response.ts";

/** Option of the calls that must not simply be done twice. */
export interface UnknownOutcomeOptions {
  /**
   * Whether to repeat the call after a lost reply, at the risk of doing it twice. Otherwise it throws an
   * OutcomeUnknownError.
   */
  readonly retryUnknown?: boolean | undefined;
}

/** Whether WeChat may have carried out the call in spite of an error that is the same for both APIs. */
export function mayHaveBeenDone(error: unknown): boolean {
  if (error instanceof NetworkError || error instanceof TimeoutError) return true;
  if (isUnusableResponse(error)) return true;
  return error instanceof ReplyError && !NOT_PASSED_ON.includes(error.status);
}

/**
 * With these a gateway refuses a request itself, without passing it on to WeChat. WeChat's own nginx answers 501 to a
 * method or a coding that it does not know.
 */
const NOT_PASSED_ON: readonly number[] = [
  401, 403, 404, 405, 407, 411, 412, 413, 414, 429, 431, 501, 505, 511,
];
