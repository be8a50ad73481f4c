import { OutcomeUnknownError, type UnknownOutcome } from "../errors.ts";
import { idOf, type JsonObject, missingField } from "../http/reply.ts";
import { mayHaveBeenDone } from "../http/unknown-outcome.ts";
import { SYSTEM_BUSY, TOO_FAST } from "./errcodes.ts";
import { MpApiError } from "./errors.ts";
import type { OnceRule } from "./exchange.ts";

/** What shows that a call was carried out. */
interface Evidence {
  /** The fields of which one has the id of what was made. */
  readonly ids?: readonly string[];
  /** Whether the reply must say so with `errcode` or `ret`. */
  readonly acknowledged?: boolean;
}

/**
 * The rule for a call that must not be done twice: a lost reply is an OutcomeUnknownError with this advice; so is a
 * success that does not show itself.
 */
export function onlyOnce({
  ids,
  acknowledged = false,
  ...advice
}: UnknownOutcome & Evidence): OnceRule {
  return {
    mayRepeat: (error) => error instanceof MpApiError && error.errcode === TOO_FAST,
    isUnknown,
    explained: (step, cause) => new OutcomeUnknownError({ ...advice, step, cause }),
    checkReply(reply) {
      if (ids?.some((field) => idOf(reply[field]) !== undefined) === false) {
        throw missingField(ids.join(" or "));
      }
      if (acknowledged) checkAcknowledged(reply);
    },
  };
}

/** Throws ReplyError for a reply that shows neither success nor an error. */
export function checkAcknowledged({ errcode, ret }: JsonObject): void {
  if ([errcode, ret].some((value) => value === 0 || value === "0")) return;
  throw missingField("errcode or ret");
}

/** Whether WeChat may have carried out the call in spite of this error. */
function isUnknown(error: unknown): boolean {
  if (error instanceof MpApiError) return error.errcode === SYSTEM_BUSY;
  return mayHaveBeenDone(error);
}
