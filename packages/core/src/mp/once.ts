import { OutcomeUnknownError, ReplyError, type UnknownOutcome } from "../errors.ts";
import { mayHaveBeenDone } from "../http/unknown-outcome.ts";
import { SYSTEM_BUSY, TOO_FAST } from "./errcodes.ts";
import { MpApiError } from "./errors.ts";
import type { OnceRule } from "./exchange.ts";

/**
 * The rule for a call that must not be done twice: a lost reply is an OutcomeUnknownError with this advice; so is a
 * success that has none of `fields`.
 */
export function onlyOnce({
  fields,
  ...advice
}: UnknownOutcome & { readonly fields?: readonly string[] }): OnceRule {
  return {
    mayRepeat: (error) => error instanceof MpApiError && error.errcode === TOO_FAST,
    isUnknown,
    explained: (step, cause) => new OutcomeUnknownError({ ...advice, step, cause }),
    checkReply(reply) {
      if (fields === undefined || fields.some((field) => isId(reply[field]))) return;
      throw new ReplyError(`The reply reports success but has no ${fields.join(" or ")}.`, {
        status: 200,
      });
    },
  };
}

function isId(value: unknown): boolean {
  return (typeof value === "string" && value !== "") || typeof value === "number";
}

/** Whether WeChat may have carried out the call in spite of this error. */
function isUnknown(error: unknown): boolean {
  if (error instanceof MpApiError) return error.errcode === SYSTEM_BUSY;
  return mayHaveBeenDone(error);
}
