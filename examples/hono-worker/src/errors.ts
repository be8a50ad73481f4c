import {
  KeyError,
  MediaError,
  NetworkError,
  PayApiError,
  ReplyError,
  SignatureError,
  TimeoutError,
} from "@wechat-edge/core";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { ConfigurationError } from "./bindings.ts";
import { RequestError } from "./request-error.ts";

/** An error as callers see it: what is wrong, what it must be, and what WeChat's support asks for. */
export interface ErrorBody {
  readonly code: string;
  readonly message: string;
  /** Of `ERR_MEDIA` and `ERR_SIGNATURE`, such as `format`. */
  readonly reason?: string;
  readonly expected?: string | undefined;
  readonly actual?: string | undefined;
  /** WeChat Pay's own code, such as `PARAM_ERROR`. */
  readonly apiCode?: string;
  /** WeChat Pay's Request-ID. */
  readonly requestId?: string | undefined;
}

/** How an error is answered. */
export interface ErrorAnswer {
  readonly status: ContentfulStatusCode;
  readonly error: ErrorBody;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Seconds to wait where WeChat Pay failed and did not say how long. */
const RETRY_AFTER_SECONDS = 5;

/** Says what became of a request. Only what is known to hold no secret goes out. */
export function describeError(error: unknown): ErrorAnswer {
  if (error instanceof RequestError) {
    const { status, code, message, headers } = error;
    return { status, error: { code, message }, headers };
  }
  if (error instanceof MediaError) {
    const { code, message, reason, expected, actual } = error;
    const status = reason === "size" ? 413 : 422;
    return { status, error: { code, message, reason, expected, actual } };
  }
  if (error instanceof PayApiError) return describeApiError(error);
  if (error instanceof SignatureError) {
    const { code, message, reason, requestId } = error;
    return { status: 502, error: { code, message, reason, requestId } };
  }
  if (error instanceof ReplyError) {
    const { code, message, requestId } = error;
    return { status: 502, error: { code, message, requestId } };
  }
  if (error instanceof NetworkError) return withMessage(502, error);
  if (error instanceof TimeoutError) return withMessage(504, error);
  if (error instanceof KeyError) return withMessage(500, error);
  if (error instanceof ConfigurationError) {
    return withMessage(500, { code: "ERR_CONFIGURATION", message: error.message });
  }
  console.error(error);
  return withMessage(500, {
    code: "ERR_INTERNAL",
    message: "The Worker failed; its log says how.",
  });
}

/** WeChat Pay is at fault or busy: 503 and when to come back. It refused the request for good: 502. */
function describeApiError(refusal: PayApiError): ErrorAnswer {
  const { code, message, apiCode, requestId, status, retryAfter } = refusal;
  const error = { code, message, apiCode, requestId };
  if (status < 500 && status !== 429) return { status: 502, error };
  // After a 429 it may be tomorrow: a daily quota says nothing of time.
  const seconds = retryAfter === undefined ? undefined : Math.ceil(retryAfter / 1000);
  const wait = status === 429 ? seconds : (seconds ?? RETRY_AFTER_SECONDS);
  return wait === undefined
    ? { status: 503, error }
    : { status: 503, error, headers: { "Retry-After": String(wait) } };
}

function withMessage(
  status: ContentfulStatusCode,
  { code, message }: { code: string; message: string },
): ErrorAnswer {
  return { status, error: { code, message } };
}
