import type { Fault } from "../faults/fault.ts";
import { hasNoBody, plainFaultReply, retryAfterHeader } from "../faults/plain-replies.ts";
import { foreignAddress } from "./admit.ts";
import { mpError } from "./error.ts";
import type { MpExchange } from "./exchange.ts";
import { errorReply, textReply } from "./reply.ts";

/** The Official Account has no error form with a status: without `code` the reply is empty, as from a gateway. */
function statusReply(
  exchange: MpExchange,
  { status, code = "", message = "", retryAfter }: Extract<Fault, { kind: "status" }>,
): Response {
  const headers = retryAfterHeader(retryAfter);
  if (hasNoBody(status) || code === "") return new Response(null, { status, headers });
  exchange.entry.code = code;
  return Response.json({ code, message }, { status, headers });
}

/** The reply of a fault of stage "instead". */
export function mpFaultReply(exchange: MpExchange, fault: Fault): Response | undefined {
  switch (fault.kind) {
    case "status":
      return statusReply(exchange, fault);
    case "mp-error": {
      const { errcode, errmsg, hint } = fault;
      const isAddress = errcode === 40164 && errmsg === undefined;
      const error = isAddress ? foreignAddress(exchange) : mpError(errcode, errmsg);
      return errorReply(exchange, error, hint);
    }
    case "reply-json": {
      const { body } = fault;
      return textReply(exchange, typeof body === "string" ? body : JSON.stringify(body));
    }
    default:
      return plainFaultReply(fault);
  }
}
