import { WechatError } from "../errors.ts";
import type { SignErrorExplanation } from "./sign-error.ts";
import { saysDailyQuota } from "./wire-texts.ts";

/** WeChat Pay answered with an error in its own form: `{ code, message, detail }` under a status that is not 2xx. */
export class PayApiError extends WechatError {
  override readonly name: string = "PayApiError";
  static readonly code: "ERR_PAY_API" = "ERR_PAY_API";
  override readonly code: "ERR_PAY_API" = "ERR_PAY_API";
  /** HTTP status, such as 400. */
  readonly status: number;
  /** WeChat's `code`, such as `PARAM_ERROR`. Classify by status first: WeChat spells the same code in several ways. */
  readonly apiCode: string;
  /** WeChat's `message`, in Chinese; its wording changes, so match on `apiCode`. */
  readonly apiMessage: string;
  /** WeChat's `detail` as it came, or undefined. */
  readonly detail: unknown;
  /** The `Request-ID` header, which WeChat's support asks for. */
  readonly requestId: string | undefined;
  override readonly retryAfter: number | undefined;
  /** True of 5xx, and of 429 unless it is the daily quota. */
  override readonly retryable: boolean;
  /** Of a 401: what was signed beside what the server saw, and the usual cause. */
  readonly explanation: SignErrorExplanation | undefined;

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
    const why = reply.explanation === undefined ? "" : `. ${reply.explanation.text}`;
    super(`WeChat Pay answered ${reply.status} ${reply.apiCode}: ${reply.apiMessage}${id}${why}`);
    this.status = reply.status;
    this.apiCode = reply.apiCode;
    this.apiMessage = reply.apiMessage;
    this.detail = reply.detail;
    this.requestId = reply.requestId;
    this.retryAfter = reply.retryAfter;
    this.explanation = reply.explanation;
    this.retryable =
      reply.status >= 500 || (reply.status === 429 && !saysDailyQuota(reply.apiMessage));
  }
}

/** Why a 2xx reply was not trusted. */
export type SignatureErrorReason =
  | "missing"
  | "unknown-serial"
  | "stale"
  | "mismatch"
  | "malformed";

/** A 2xx reply without a valid signature of the platform: forged, changed on the way, or a probe. */
export class SignatureError extends WechatError {
  override readonly name: string = "SignatureError";
  static readonly code: "ERR_SIGNATURE" = "ERR_SIGNATURE";
  override readonly code: "ERR_SIGNATURE" = "ERR_SIGNATURE";
  readonly reason: SignatureErrorReason;
  /** The reply's `Wechatpay-Serial`, or undefined. */
  readonly platformKeyId: string | undefined;
  /** Whether this was one of WeChat's probes (`WECHATPAY/SIGNTEST/…`): wrong on purpose, and the repetition is not probed. */
  readonly probe: boolean;
  /** True of a probe alone, and only where a second call does no harm. */
  override readonly retryable: boolean;
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
    super(message, about.cause === undefined ? undefined : { cause: about.cause });
    this.reason = about.reason;
    this.platformKeyId = about.platformKeyId;
    this.probe = about.probe ?? false;
    this.retryable = about.retryable ?? this.probe;
    this.requestId = about.requestId;
  }

  /** The same error of a call that must not simply be repeated. */
  ofUnknownOutcome(lookAt: string): SignatureError {
    const message = `${this.message} WeChat Pay may have carried out the request: check ${lookAt} before you repeat it.`;
    const { reason, platformKeyId, probe, requestId, cause } = this;
    return new SignatureError(message, {
      reason,
      platformKeyId,
      probe,
      requestId,
      cause,
      retryable: false,
    });
  }
}

/** A key or certificate that cannot be used. The message says what was given and what is needed; it never holds the key. */
export class KeyError extends WechatError {
  override readonly name: string = "KeyError";
  static readonly code: "ERR_KEY" = "ERR_KEY";
  override readonly code: "ERR_KEY" = "ERR_KEY";
}
