import { abortable } from "./abortable.ts";
import { type PayCall, sendSigned } from "./pay-call.ts";
import type { PayClient } from "./pay-client.ts";
import { withRetry } from "./retry.ts";
import type { Reply } from "./send.ts";

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
  return withRetry(pay.transport, options, async (attempt) => {
    const reply = await sendSigned(pay, call, signal, attempt);
    await abortable(pay.verify(reply), signal);
    return reply;
  });
}
