import { OutcomeUnknownError, type UnknownOutcome } from "../errors.ts";
import { mayHaveBeenDone } from "../http/unknown-outcome.ts";
import { PayApiError, SignatureError } from "./errors.ts";
import type { OnceRule } from "./exchange.ts";

/** The rule for a call that must not be done twice: a lost reply is an OutcomeUnknownError with this advice. */
export function onlyOnce(advice: UnknownOutcome): OnceRule {
  return {
    isUnknown,
    explained: (step, error) =>
      // Stays a SignatureError: somebody may be forging replies.
      error instanceof SignatureError
        ? ofUnknownOutcome(error, advice)
        : new OutcomeUnknownError({ ...advice, step, cause: error }),
  };
}

/** Whether WeChat Pay may have carried out the call in spite of this error. */
function isUnknown(error: unknown): boolean {
  // 5xx is 系统异常,请用相同参数重新调用: WeChat Pay does not know either; its documents count 501 among them, too.
  // A reply without a valid signature proves nothing.
  if (error instanceof PayApiError) return error.status >= 500 || !isWechats(error.apiCode);
  return error instanceof SignatureError || mayHaveBeenDone(error);
}

/** WeChat Pay writes all its codes so; a gateway's may be `Forbidden` or `403`. */
function isWechats(apiCode: string): boolean {
  return /^[A-Z][A-Z\d_]*$/.test(apiCode);
}

function ofUnknownOutcome(error: SignatureError, { lookAt }: UnknownOutcome): SignatureError {
  const { message, reason, platformKeyId, probe, requestId, cause } = error;
  return new SignatureError(
    `${message} WeChat Pay may have carried out the request: check ${lookAt} before you repeat it.`,
    { reason, platformKeyId, probe, requestId, cause, retryable: false },
  );
}
