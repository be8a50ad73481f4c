import { NetworkError, ReplyError, TimeoutError } from "../errors.ts";
import { isUnusableResponse } from "./unusable-response.ts";

/** Option of the calls that must not simply be done twice. */
export interface UnknownOutcomeOptions {
  /**
   * Whether to repeat the call after a lost reply, at the risk of doing it twice. Otherwise it throws an
   * OutcomeUnknownError. Lost is also a reply that is not WeChat's own JSON, whatever its status, and one that shows no
   * result.
   */
  readonly retryUnknown?: boolean | undefined;
}

/**
 * Whether WeChat may have carried out the call in spite of an error that is the same for both APIs. A reply that is not
 * WeChat's own JSON proves nothing, whatever its status: a gateway may have passed the request on, and refused the reply.
 */
export function mayHaveBeenDone(error: unknown): boolean {
  return (
    error instanceof NetworkError ||
    error instanceof TimeoutError ||
    error instanceof ReplyError ||
    isUnusableResponse(error)
  );
}
