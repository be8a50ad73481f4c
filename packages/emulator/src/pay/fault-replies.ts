import type { Fault } from "../faults/fault.ts";
import { hasNoBody, plainFaultReply, retryAfterHeader } from "../faults/plain-replies.ts";
import { noAuth, throttled } from "./error.ts";
import type { PayExchange } from "./exchange.ts";
import { errorResponse } from "./reply.ts";

const USUAL_CODES: Record<number, string> = {
  401: "SIGN_ERROR",
  403: "NO_AUTH",
  404: "RESOURCE_NOT_EXISTS",
  429: "FREQUENCY_LIMIT_EXCEED",
  500: "SYSTEM_ERROR",
  502: "SERVICE_UNAVAILABLE",
  503: "SERVICE_UNAVAILABLE",
};

const usualCode = (status: number): string =>
  USUAL_CODES[status] ?? (status < 500 ? "PARAM_ERROR" : "SYSTEM_ERROR");

function statusReply(exchange: PayExchange, fault: Extract<Fault, { kind: "status" }>): Response {
  const { status, code = usualCode(status), message = "", retryAfter } = fault;
  const headers = retryAfterHeader(retryAfter);
  if (hasNoBody(status) || code === "") return new Response(null, { status, headers });
  return errorResponse(exchange, { status, code, message }, headers);
}

/** The unsigned reply of a fault of stage "instead". */
export function payFaultReply(exchange: PayExchange, fault: Fault): Response | undefined {
  switch (fault.kind) {
    case "status":
      return statusReply(exchange, fault);
    case "quota":
      return errorResponse(exchange, throttled("daily"));
    case "too-fast":
      return errorResponse(exchange, throttled("too-fast"), retryAfterHeader(fault.retryAfter));
    case "system-error": {
      const message = fault.text === "file-system" ? "文件系统错误,请稍后重试" : "系统错误";
      return errorResponse(exchange, { status: 500, code: "SYSTEMERROR", message });
    }
    case "no-auth":
      return errorResponse(exchange, noAuth);
    default:
      return plainFaultReply(fault);
  }
}
