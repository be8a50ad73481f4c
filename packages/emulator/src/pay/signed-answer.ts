import type { Fault } from "../faults/fault.ts";
import { faultedRequest, noteFault } from "../http/exchange.ts";
import { askedKeyId } from "./asked-key.ts";
import type { PayExchange } from "./exchange.ts";
import type { PlatformKey } from "./platform/keys.ts";
import { signedResponse } from "./reply.ts";

/** Of requests that nobody repeats the oldest goes: SDKs repeat one at once, or never. */
const MAX_PROBED = 1000;

/** The repetition of a probed request is not probed (documented); the next one may be (assumed). */
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
  const [oldest] = pay.probed;
  if (pay.probed.size > MAX_PROBED && oldest !== undefined) pay.probed.delete(oldest);
  if (applied) noteFault(exchange, applied);
  return applied;
}

/**
 * The signed 200 for `result`, with the next fault of stage "reply" applied.
 *
 * `repeated` identifies a request and its repetitions; `signer` replaces the platform's own choice of
 * key.
 */
export function signedAnswer(
  exchange: PayExchange,
  result: object,
  repeated: string,
  signer?: PlatformKey,
): Promise<Response> {
  const fault = takeReplyFault(exchange, repeated);
  const key = signer ?? exchange.pay.platform.nextSigner(askedKeyId(exchange));
  return signedResponse(exchange, key, result, fault);
}
