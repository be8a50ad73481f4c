import type { Exchange } from "../exchange.ts";
import { mpError } from "../mp/error.ts";
import { errorReply, textReply } from "../mp/reply.ts";
import { noAuth, throttled } from "../pay/error.ts";
import { errorResponse } from "../pay/reply.ts";
import { serviceOf } from "../service.ts";
import type { Fault, FaultAction, FaultKind } from "./kinds.ts";

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
  | "no-auth"
  | "mp-error"
  | "reply-json";

type Answers = {
  [Kind in InsteadKind]: (
    exchange: Exchange,
    fault: Extract<FaultAction, { kind: Kind }>,
  ) => Response;
};

const ANSWERS: Answers = {
  status(exchange, { status, code: given, message = "", retryAfter }) {
    const headers = retryAfterHeader(retryAfter);
    // The Official Account has no envelope for a status, so that a gateway is meant.
    const usual = serviceOf(exchange.request.url.pathname) === "mp" ? "" : usualCode(status);
    const code = given ?? usual;
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
  "mp-error": (exchange, { errcode, errmsg, hint }) =>
    errorReply(exchange, mpError(errcode, errmsg), hint),
  "reply-json": (exchange, { body }) =>
    textReply(exchange, typeof body === "string" ? body : JSON.stringify(body)),
};

type AnyAnswer = (exchange: Exchange, fault: Fault) => Response;

/** The reply that a fault of the stage "instead" gives in place of the genuine one, unsigned. */
export function faultResponse(exchange: Exchange, fault: Fault): Response | undefined {
  const answers = ANSWERS as Partial<Record<FaultKind, AnyAnswer>>;
  return answers[fault.kind]?.(exchange, fault);
}
