import type { Exchange } from "./exchange.ts";
import type { Fault, FaultAction, FaultKind } from "./faults.ts";
import { noAuth, throttled } from "./pay-error.ts";
import { errorResponse } from "./pay-reply.ts";

const retryAfterHeader = (value: number | string | undefined): Record<string, string> =>
  value === undefined ? {} : { "retry-after": String(value) };

const page = (status: number): string =>
  `<html>\r\n<head><title>${status}</title></head>\r\n<body>\r\n<center><h1>${status}</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n`;

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

type InsteadKind =
  | "status"
  | "html"
  | "redirect"
  | "quota"
  | "too-fast"
  | "system-error"
  | "no-auth";

type Answers = {
  [Kind in InsteadKind]: (
    exchange: Exchange,
    fault: Extract<FaultAction, { kind: Kind }>,
  ) => Response;
};

const ANSWERS: Answers = {
  status(exchange, { status, code = usualCode(status), message = "", retryAfter }) {
    const headers = retryAfterHeader(retryAfter);
    const noBody = status === 204 || status === 205 || status === 304 || code === "";
    if (noBody) return new Response(null, { status, headers });
    return errorResponse(exchange, { status, code, message }, headers);
  },
  html: (_, { status = 502 }) =>
    new Response(page(status), { status, headers: { "content-type": "text/html" } }),
  redirect: (_, { status = 302, location }) =>
    new Response(null, { status, headers: { location } }),
  quota: (exchange) => errorResponse(exchange, throttled("daily")),
  "too-fast": (exchange, { retryAfter }) =>
    errorResponse(exchange, throttled("too-fast"), retryAfterHeader(retryAfter)),
  "system-error"(exchange, { text }) {
    const message = text === "file-system" ? "文件系统错误,请稍后重试" : "系统错误";
    return errorResponse(exchange, { status: 500, code: "SYSTEMERROR", message });
  },
  "no-auth": (exchange) => errorResponse(exchange, noAuth),
};

type AnyAnswer = (exchange: Exchange, fault: Fault) => Response;

/** The reply that a fault of the stage "instead" gives in place of the genuine one, unsigned. */
export function faultResponse(exchange: Exchange, fault: Fault): Response | undefined {
  const answers = ANSWERS as Partial<Record<FaultKind, AnyAnswer>>;
  return answers[fault.kind]?.(exchange, fault);
}
