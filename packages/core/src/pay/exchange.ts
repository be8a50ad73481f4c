import type { AbortSignal } from "../async/abort-signal.ts";
import { abortable } from "../async/abortable.ts";
import type { Reply } from "../http/reply.ts";
import { withRetry } from "../http/retry.ts";
import { checkPattern } from "../options.ts";
import { type PayCall, sendSigned } from "./call.ts";
import { type PayClient, payParts } from "./client.ts";
import { repeatableAfterOneProbe } from "./probe.ts";

/** A call. Without a `platformKeyId`, WeChat Pay is asked to sign with the client's first public key. */
export type PayExchange = Omit<PayCall, "platformKeyId" | "once"> & {
  readonly platformKeyId?: string | undefined;
};

/** What holds for a call that must not be done twice. */
export interface OnceRule {
  /** Whether WeChat Pay may have carried out the call in spite of an error. */
  isUnknown(error: unknown): boolean;
  /** Returns the error in place of one that leaves this open. */
  explained(step: string, error: unknown): unknown;
}

/** Whether and when a call may be repeated. */
export interface PayRepeatRule {
  readonly signal?: AbortSignal | undefined;
  /** False if the body can be read only once. */
  readonly repeatable: boolean;
  /** Awaited before each try, the first one included. */
  readonly pace?: (() => Promise<void>) | undefined;
  /** Set if a second call would do harm. */
  readonly once?: OnceRule | undefined;
}

/**
 * Signs, sends and verifies one call, and retries where the rule allows it; each try has a new signature.
 * Resolves with the verified reply.
 */
export async function payExchange(
  pay: PayClient,
  exchange: PayExchange,
  { signal, repeatable, pace, once }: PayRepeatRule,
): Promise<Reply> {
  const { signer, keys, verifyAnswer } = payParts(pay);
  const call: PayCall = {
    ...exchange,
    platformKeyId: exchange.platformKeyId ?? keys.platformKeyId,
    once: once !== undefined,
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
  // Whatever fails here after a reply that is no refusal: WeChat Pay may have carried out the call.
  let isUnclear = false;
  const isUnknown = (error: unknown): boolean =>
    once !== undefined && (isUnclear || once.isUnknown(error));
  const mayRepeat = (error: unknown): boolean => repeatable && !isUnknown(error);
  const rule = { repeatable: repeatableAfterOneProbe(mayRepeat), signal };
  try {
    return await withRetry(signer.transport, rule, async (attempt) => {
      await pace?.();
      const reply = await sendSigned(signer, call, signal, attempt, ({ headers, status }) => {
        isUnclear = status < 400;
        keys.noteAnswer(headers.get("wechatpay-serial"));
      });
      // An abort comes too late now: it would lose what WeChat Pay has done.
      await verifyAnswer(reply);
      return reply;
    });
  } catch (error) {
    throw isUnknown(error) ? once?.explained(call.operation, error) : error;
  }
}
