import type { AbortSignal } from "../async/abort-signal.ts";
import { abortable } from "../async/abortable.ts";
import { OutcomeUnknownError, type UnknownOutcome } from "../errors.ts";
import type { Reply } from "../http/reply.ts";
import { withRetry } from "../http/retry.ts";
import { mayHaveBeenDone } from "../http/unknown-outcome.ts";
import { checkPattern } from "../options.ts";
import { type PayCall, sendSigned } from "./call.ts";
import { type PayClient, payParts } from "./client.ts";
import { PayApiError, SignatureError } from "./errors.ts";
import { repeatableAfterOneProbe } from "./probe.ts";

/** A call. Without a `platformKeyId`, WeChat Pay is asked to sign with the client's first public key. */
export type PayExchange = Omit<PayCall, "platformKeyId"> & {
  readonly platformKeyId?: string | undefined;
};

/** Whether and when a call may be repeated. */
export interface PayRepeatRule {
  readonly signal?: AbortSignal | undefined;
  /** False if the body can be read only once. */
  readonly repeatable: boolean;
  /** Awaited before each try, the first one included. */
  readonly pace?: (() => Promise<void>) | undefined;
  /** Set if a second call would do harm. A lost reply is then an OutcomeUnknownError with this advice. */
  readonly once?: UnknownOutcome | undefined;
  /** Repeats the call nevertheless. */
  readonly retryUnknown?: boolean | undefined;
}

/**
 * Signs, sends and verifies one call, and retries where the rule allows it; each try has a new signature.
 * Resolves with the verified reply.
 */
export async function payExchange(
  pay: PayClient,
  exchange: PayExchange,
  { signal, repeatable, pace, once: given, retryUnknown }: PayRepeatRule,
): Promise<Reply> {
  const once = retryUnknown === true ? undefined : given;
  const { signer, keys } = payParts(pay);
  const call: PayCall = {
    ...exchange,
    platformKeyId: exchange.platformKeyId ?? keys.platformKeyId,
  };
  // A line end in it would begin another header, where fetch is not the global one.
  if (call.platformKeyId !== undefined) {
    checkPattern(
      "platformKeyId",
      call.platformKeyId,
      /^\w+$/,
      "one that encryptSensitive returned",
    );
  }
  signal?.throwIfAborted();
  // Without a key to verify the reply with, the result of a call that worked would be lost.
  await abortable(keys.prepare(), signal);
  const mayRepeat = (error: unknown): boolean =>
    repeatable && (once === undefined || !mayHaveBeenDoneBy(error));
  const rule = { repeatable: repeatableAfterOneProbe(mayRepeat), signal };
  try {
    return await withRetry(signer.transport, rule, async (attempt) => {
      await pace?.();
      const reply = await sendSigned(signer, call, signal, attempt, ({ headers }) =>
        keys.noteAnswer(headers.get("wechatpay-serial")),
      );
      await abortable(pay.verify(reply), signal);
      return reply;
    });
  } catch (error) {
    if (once === undefined || !mayHaveBeenDoneBy(error)) throw error;
    // Stays a SignatureError: somebody may be forging replies.
    if (error instanceof SignatureError) throw error.ofUnknownOutcome(once.lookAt);
    throw new OutcomeUnknownError({ ...once, step: call.operation, cause: error });
  }
}

/** Whether WeChat Pay may have carried out the call in spite of this error. */
function mayHaveBeenDoneBy(error: unknown): boolean {
  // 5xx is 系统异常,请用相同参数重新调用: WeChat Pay does not know either; its documents count 501 among them, too.
  // A reply without a valid signature proves nothing.
  if (error instanceof PayApiError) return error.status >= 500;
  return error instanceof SignatureError || mayHaveBeenDone(error);
}
