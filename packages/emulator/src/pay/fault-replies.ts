import type { Fault } from "../faults/fault.ts";
import { hasNoBody, plainFaultReply, retryAfterHeader } from "../faults/plain-replies.ts";
import { admit } from "./admit.ts";
import { noAuth, type PayError, throttled } from "./error.ts";
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

interface OwnError {
  error: PayError;
  headers?: Record<string, string>;
}

/** The fault as an error of WeChat Pay's own. */
function ownError(fault: Fault): OwnError | undefined {
  switch (fault.kind) {
    case "status": {
      const { status, code = usualCode(status), message = "", retryAfter } = fault;
      return { error: { status, code, message }, headers: retryAfterHeader(retryAfter) };
    }
    case "quota":
      return { error: throttled("daily") };
    case "too-fast":
      return { error: throttled("too-fast"), headers: retryAfterHeader(fault.retryAfter) };
    case "system-error": {
      const message = fault.text === "file-system" ? "文件系统错误,请稍后重试" : "系统错误";
      return { error: { status: 500, code: "SYSTEMERROR", message } };
    }
    case "no-auth":
      return { error: noAuth };
    default:
      return undefined;
  }
}

/** Signed if the request's signature held. */
async function ownErrorReply(
  exchange: PayExchange,
  { error, headers = {} }: OwnError,
): Promise<Response> {
  const { status, code } = error;
  if (hasNoBody(status) || code === "") return new Response(null, { status, headers });
  await admit(exchange, exchange.signedBody);
  return errorResponse(exchange, error, headers);
}

/** The reply of a fault of stage "instead"; pages and redirects come from others than WeChat Pay. */
export function payFaultReply(
  exchange: PayExchange,
  fault: Fault,
): Response | Promise<Response> | undefined {
  const own = ownError(fault);
  return own ? ownErrorReply(exchange, own) : plainFaultReply(fault);
}
