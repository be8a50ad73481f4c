import type { Fault } from "../faults/fault.ts";
import { faultedRequest, noteFault } from "../http/exchange.ts";
import type { PayExchange } from "./exchange.ts";
import type { PlatformKey } from "./platform/keys.ts";
import { signedResponse } from "./reply.ts";

/** The repetition of a request that was probed is not probed (documented); the one after it may be (assumed). */
function takeReplyFault(exchange: PayExchange, repeated: string): Fault | undefined {
  const { pay, faults } = exchange;
  const repetition = pay.probed.has(repeated);
  const fault = faults.take(
    "reply",
    faultedRequest(exchange),
    ({ kind }) => kind === "probe" && repetition,
  );
  const sprinkled = !fault && !repetition && pay.takesProbe();
  pay.probed.delete(repeated);
  const applied: Fault | undefined = sprinkled ? { kind: "probe" } : fault;
  if (applied?.kind === "probe") pay.probed.add(repeated);
  if (applied) noteFault(exchange, applied);
  return applied;
}

/**
 * The 200 for `result`, signed by the platform, with the next fault of the reply.
 *
 * `repeated` is the same for the repetition of a request; `signer` is for a reply whose key is not
 * up to the platform's state.
 */
export function signedAnswer(
  exchange: PayExchange,
  result: object,
  repeated: string,
  signer?: PlatformKey,
): Promise<Response> {
  const { request, pay } = exchange;
  const fault = takeReplyFault(exchange, repeated);
  const key = signer ?? pay.platform.nextSigner(request.headers.get("wechatpay-serial"));
  return signedResponse(exchange, key, result, fault);
}
