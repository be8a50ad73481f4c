import { abortable } from "../async/abortable.ts";
import { withRetry } from "../http/retry.ts";
import type { Reply } from "../http/send.ts";
import { type PayCall, sendSigned } from "./call.ts";
import type { PayClient } from "./client.ts";
import { repeatableAfterOneProbe } from "./probe.ts";

/** A call whose reply is asked to be signed with the client's wanted key, unless it says another. */
export type PayExchange = Omit<PayCall, "serial"> & { readonly serial?: string | undefined };

/**
 * Signs, sends and verifies one call, again where that may help; each try is signed anew.
 * Gives the verified reply.
 */
export async function payExchange(
  pay: PayClient,
  exchange: PayExchange,
  options: { readonly signal?: AbortSignal | undefined; readonly repeatable: boolean },
): Promise<Reply> {
  const { signal } = options;
  const call: PayCall = { ...exchange, serial: exchange.serial ?? pay.keys.wantedSerial };
  signal?.throwIfAborted();
  // Without a key to verify with, the result of a call that worked would be lost.
  await abortable(pay.keys.prepare(), signal);
  const repeatable = repeatableAfterOneProbe(() => options.repeatable);
  return withRetry(pay.transport, { repeatable, signal }, async (attempt) => {
    const reply = await sendSigned(pay, call, signal, attempt);
    await abortable(pay.verify(reply), signal);
    return reply;
  });
}
