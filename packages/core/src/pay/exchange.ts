import { abortable } from "../async/abortable.ts";
import { OutcomeUnknownError, type UnknownOutcome } from "../errors.ts";
import { withRetry } from "../http/retry.ts";
import type { Reply } from "../http/send.ts";
import { mayHaveBeenDone } from "../http/unknown-outcome.ts";
import { type PayCall, sendSigned } from "./call.ts";
import { type PayClient, payParts } from "./client.ts";
import { PayApiError, SignatureError } from "./errors.ts";
import { repeatableAfterOneProbe } from "./probe.ts";

/** A call whose reply is asked to be signed with the client's wanted key, unless it says another. */
export type PayExchange = Omit<PayCall, "platformKeyId"> & {
  readonly platformKeyId?: string | undefined;
};

/** How a call may be repeated. */
export interface PayRepeatRule {
  readonly signal?: AbortSignal | undefined;
  /** False where the body can be read once only. */
  readonly repeatable: boolean;
  /** Where a second one would do harm: what to look at after a lost reply, which is then an OutcomeUnknownError. */
  readonly once?: UnknownOutcome | undefined;
  /** The caller's consent to repeat it nevertheless. */
  readonly retryUnknown?: boolean | undefined;
}

/**
 * Signs, sends and verifies one call, again where that may help; each try is signed anew.
 * Gives the verified reply.
 */
export async function payExchange(
  pay: PayClient,
  exchange: PayExchange,
  { signal, repeatable, once: given, retryUnknown }: PayRepeatRule,
): Promise<Reply> {
  const once = retryUnknown === true ? undefined : given;
  const { signer, keys } = payParts(pay);
  const call: PayCall = {
    ...exchange,
    platformKeyId: exchange.platformKeyId ?? keys.platformKeyId,
  };
  signal?.throwIfAborted();
  // Without a key to verify with, the result of a call that worked would be lost.
  await abortable(keys.prepare(), signal);
  const mayRepeat = (error: unknown): boolean =>
    repeatable && (once === undefined || !mayHaveBeenDoneBy(error));
  const rule = { repeatable: repeatableAfterOneProbe(mayRepeat), signal };
  try {
    return await withRetry(signer.transport, rule, async (attempt) => {
      const reply = await sendSigned(signer, call, signal, attempt);
      await abortable(pay.verify(reply), signal);
      return reply;
    });
  } catch (error) {
    if (once === undefined || !mayHaveBeenDoneBy(error)) throw error;
    // Somebody may be forging replies: that stays the first thing to know.
    if (error instanceof SignatureError) throw error.ofUnknownOutcome(once.lookAt);
    throw new OutcomeUnknownError({ ...once, step: call.operation, cause: error });
  }
}

/** Whether what was asked for may have been done in spite of this error. */
function mayHaveBeenDoneBy(error: unknown): boolean {
  // 系统异常,请用相同参数重新调用: WeChat Pay does not know either. A reply that is not trusted tells nothing.
  if (error instanceof PayApiError) return error.status >= 500;
  return error instanceof SignatureError || mayHaveBeenDone(error);
}
