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
import { refusalOf } from "./file-refusal.ts";
import { RequestError } from "./request-error.ts";

/** The error that callers receive. */
export interface ErrorBody {
  readonly code: string;
  readonly message: string;
  /** With `ERR_MEDIA` and `ERR_SIGNATURE`, such as `format`. */
  readonly reason?: string;
  /** With `ERR_MEDIA`: what is allowed, and what was sent. */
  readonly expected?: string | undefined;
  readonly actual?: string | undefined;
  /** The code of WeChat Pay, such as `PARAM_ERROR`. */
  readonly apiCode?: string;
  /** The Request-ID of WeChat Pay, which its support asks for. */
  readonly requestId?: string | undefined;
}

/** The reply to a request that failed. */
export interface ErrorAnswer {
  readonly status: ContentfulStatusCode;
  readonly error: ErrorBody;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Sent as Retry-After if WeChat Pay failed and named no time itself. */
const RETRY_AFTER_SECONDS = 5;

/** Maps an error to its reply. An error of an unknown kind is logged, not sent: it may contain a secret. */
export function describeError(error: unknown): ErrorAnswer {
  if (error instanceof RequestError) {
    const { status, code, message, headers } = error;
    return { status, error: { code, message }, headers };
  }
  if (error instanceof MediaError) {
    const { code, reason, expected, actual } = error;
    const status = reason === "size" ? 413 : 422;
    return { status, error: { code, message: refusalOf(error), reason, expected, actual } };
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
    message: "The Worker failed. Its log shows the error: wrangler tail.",
  });
}

/** WeChat Pay failed or is busy: 503, try again later. It refused the request: 502, the same request fails again. */
function describeApiError(refusal: PayApiError): ErrorAnswer {
  const { code, message, apiCode, requestId, status, retryAfter } = refusal;
  const error = { code, message, apiCode, requestId };
  if (status < 500 && status !== 429) return { status: 502, error };
  // A 429 without a time may be the daily quota: no short wait helps.
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
