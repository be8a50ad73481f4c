import { mayPass, WechatError } from "../errors.ts";
import { shallow } from "../http/shallow.ts";
import { adviceOn } from "./known-answers.ts";
import type { SignErrorExplanation } from "./sign-error.ts";
import { saysDailyQuota } from "./wire-texts.ts";

/** WeChat Pay answered with an error, `{ code, message, detail }`, and a status that is not 2xx. */
export class PayApiError extends WechatError {
  override readonly name: string = "PayApiError";
  static readonly code: "ERR_PAY_API" = "ERR_PAY_API";
  override readonly code: "ERR_PAY_API" = "ERR_PAY_API";
  /** HTTP status, such as 400. */
  readonly status!: number;
  /** WeChat's `code`, such as `PARAM_ERROR`. Look at `status` first: WeChat spells the same code in several ways. */
  readonly apiCode!: string;
  /** WeChat's `message`, in Chinese. Its wording changes: do not match on it. */
  readonly apiMessage!: string;
  /** WeChat's `detail` as it came, or undefined. What is nested deeper than 32 levels in it is `"…"`. */
  readonly detail: unknown;
  /** The `Request-ID` header, which WeChat's support asks for. */
  readonly requestId: string | undefined;
  declare readonly retryAfter: number | undefined;
  /** True for 5xx but 501, 505, 506, 508, 510 and 511; for 429 unless the daily quota is used up. */
  declare readonly retryable: boolean;
  /** For a 401 SIGN_ERROR: what was signed, what WeChat Pay saw, and the likely causes. */
  readonly explanation: SignErrorExplanation | undefined;
  /** What to do, where WeChat's message alone does not say it and reports have shown the cause; ends the message. */
  readonly advice: string | undefined;

  constructor(reply: {
    status: number;
    apiCode: string;
    apiMessage: string;
    detail?: unknown;
    requestId?: string | undefined;
    retryAfter?: number | undefined;
    explanation?: SignErrorExplanation | undefined;
  }) {
    const id = reply.requestId === undefined ? "" : ` (request ${reply.requestId})`;
    const advice = adviceOn(reply.apiCode, reply.apiMessage);
    const text = reply.explanation?.text ?? advice;
    const why = text === undefined ? "" : `. ${text}`;
    super(`WeChat Pay answered ${reply.status} ${reply.apiCode}: ${reply.apiMessage}${id}${why}`);
    Object.assign(this, reply, { detail: shallow(reply.detail) });
    this.advice = advice;
    this.retryable =
      mayPass(reply.status) && !(reply.status === 429 && saysDailyQuota(reply.apiMessage));
  }
}

/**
 * Why a 2xx reply or a notification was not trusted; `replayed` is one of replies to our own requests, the last three
 * are those of notifications alone.
 */
export type SignatureErrorReason =
  | "missing"
  | "unknown-serial"
  | "stale"
  | "mismatch"
  | "malformed"
  | "replayed"
  | "wrong-key"
  | "rewritten"
  | "algorithm";

/** A 2xx reply or a notification without a valid signature of WeChat Pay: forged, changed on the way, or a probe. */
export class SignatureError extends WechatError {
  override readonly name: string = "SignatureError";
  static readonly code: "ERR_SIGNATURE" = "ERR_SIGNATURE";
  override readonly code: "ERR_SIGNATURE" = "ERR_SIGNATURE";
  /** What is wrong with the signature. */
  readonly reason!: SignatureErrorReason;
  /** The `Wechatpay-Serial` header of the reply, or undefined. */
  readonly platformKeyId: string | undefined;
  /** Whether this is a probe: a signature `WECHATPAY/SIGNTEST/…`, which WeChat Pay makes wrong on purpose. */
  readonly probe!: boolean;
  /** True only for a probe, and only if the call may be repeated. */
  declare readonly retryable: boolean;
  /** The `Request-ID` header, which WeChat's support asks for. */
  readonly requestId: string | undefined;

  constructor(
    message: string,
    about: {
      reason: SignatureErrorReason;
      probe?: boolean;
      platformKeyId?: string | undefined;
      requestId?: string | undefined;
      retryable?: boolean;
      cause?: unknown;
    },
  ) {
    super(message, about);
    const { reason, platformKeyId, probe = false, retryable = probe, requestId } = about;
    Object.assign(this, { reason, platformKeyId, probe, retryable, requestId });
  }
}

/**
 * A key or certificate that cannot be used. The message says what was given and what is needed, and never shows the
 * key.
 */
export class KeyError extends WechatError {
  override readonly name: string = "KeyError";
  static readonly code: "ERR_KEY" = "ERR_KEY";
  override readonly code: "ERR_KEY" = "ERR_KEY";
}
