import type { Fault } from "../../faults/fault.ts";
import { faultedRequest, noteFault } from "../../http/exchange.ts";
import type { PayExchange } from "../exchange.ts";

const OVERSIZE_BYTES = 1024 * 1024;

/** The faults of a reply that do not need a signature. */
const APPLIED: readonly Fault["kind"][] = ["tampered", "truncated", "empty", "oversize"];

function spoilt(bytes: Uint8Array<ArrayBuffer>, fault: Fault | undefined): Uint8Array<ArrayBuffer> {
  if (fault?.kind === "truncated") return bytes.slice(0, bytes.length >> 1);
  if (fault?.kind === "empty") return new Uint8Array();
  if (fault?.kind === "oversize") {
    const padded = new Uint8Array(bytes.length + OVERSIZE_BYTES);
    padded.set(bytes);
    return padded;
  }
  if (fault?.kind !== "tampered") return bytes;
  const changed = bytes.slice();
  const at = changed.length >> 1;
  changed[at] = (changed[at] ?? 0) ^ 1;
  return changed;
}

/** The 200 with a file, unsigned, with the next fault of stage "reply" that does not need a signature. */
export function fileAnswer(
  exchange: PayExchange,
  bytes: Uint8Array<ArrayBuffer>,
  headers: Record<string, string>,
): Response {
  const fault = exchange.faults.take(
    "reply",
    faultedRequest(exchange),
    ({ kind }) => !APPLIED.includes(kind),
  );
  if (fault) noteFault(exchange, fault);
  const sent = spoilt(bytes, fault);
  const announced = fault?.kind === "truncated" ? bytes : sent;
  return new Response(sent, {
    status: 200,
    headers: { "content-length": String(announced.length), ...headers },
  });
}
