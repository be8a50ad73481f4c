import type { SignErrorExplanation } from "./sign-error.ts";
import { saysDailyQuota } from "./wire-texts.ts";

/** The base of every error this library throws for a reason other than misuse of its functions. */
export abstract class WechatError extends Error {
  abstract readonly code: string;
}

/** Codes of the errors that `@wechat-edge/core` throws. */
export type CoreErrorCode =
  | "ERR_PAY_API"
  | "ERR_SIGNATURE"
  | "ERR_MEDIA"
  | "ERR_KEY"
  | "ERR_NETWORK"
  | "ERR_TIMEOUT"
  | "ERR_REPLY";

/** WeChat Pay answered with an error in its own form: `{ code, message, detail }` under a status that is not 2xx. */
export class PayApiError extends WechatError {
  override readonly name: string = "PayApiError";
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
  /** Milliseconds that WeChat asked to wait before the next try (`Retry-After`), or undefined. */
  readonly retryAfter: number | undefined;
  /** Whether the same request may succeed in a while: 5xx, and 429 unless it is the daily quota. */
  readonly retryable: boolean;
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
  override readonly code: "ERR_SIGNATURE" = "ERR_SIGNATURE";
  readonly reason: SignatureErrorReason;
  /** The reply's `Wechatpay-Serial`, or undefined. */
  readonly serial: string | undefined;
  /** Whether this was one of WeChat's probes (`WECHATPAY/SIGNTEST/…`): wrong on purpose, and the repetition is not probed. */
  readonly probe: boolean;
  readonly requestId: string | undefined;

  constructor(
    message: string,
    about: {
      reason: SignatureErrorReason;
      probe?: boolean;
      serial?: string | undefined;
      requestId?: string | undefined;
      cause?: unknown;
    },
  ) {
    super(message, about.cause === undefined ? undefined : { cause: about.cause });
    this.reason = about.reason;
    this.serial = about.serial;
    this.probe = about.probe ?? false;
    this.requestId = about.requestId;
  }
}

/** Why a file was refused before it was sent. */
export type MediaErrorReason =
  | "empty"
  | "name"
  | "extension"
  | "format"
  | "size"
  | "dimensions"
  | "duration"
  | "changed";

/** What WeChat answers to a file like this one, as far as its documents say. */
export interface WechatAnswer {
  /** HTTP status. */
  readonly status: number;
  /** `code` of WeChat Pay, or `errcode` of an Official Account. */
  readonly code: string | number;
  readonly message: string;
}

/** A file that WeChat would refuse, or one that was not the same from one read to the next. Nothing was uploaded. */
export class MediaError extends WechatError {
  override readonly name: string = "MediaError";
  override readonly code: "ERR_MEDIA" = "ERR_MEDIA";
  readonly reason: MediaErrorReason;
  /** What was allowed, for a person to read. */
  readonly expected: string | undefined;
  /** What was found, for a person to read. */
  readonly actual: string | undefined;
  /** What WeChat would have answered, or undefined where that is not documented. */
  readonly answer: WechatAnswer | undefined;
  /** The option that lifts this limit, such as `limits.maxBytes`. */
  readonly option: string | undefined;

  constructor(
    message: string,
    about: {
      reason: MediaErrorReason;
      expected?: string | undefined;
      actual?: string | undefined;
      answer?: WechatAnswer | undefined;
      option?: string | undefined;
      cause?: unknown;
    },
  ) {
    super(message, about.cause === undefined ? undefined : { cause: about.cause });
    this.reason = about.reason;
    this.expected = about.expected;
    this.actual = about.actual;
    this.answer = about.answer;
    this.option = about.option;
  }
}

/** A key or certificate that cannot be used. The message says what was given and what is needed; it never holds the key. */
export class KeyError extends WechatError {
  override readonly name: string = "KeyError";
  override readonly code: "ERR_KEY" = "ERR_KEY";
}

/** No reply, or one that broke off. */
export class NetworkError extends WechatError {
  override readonly name: string = "NetworkError";
  override readonly code: "ERR_NETWORK" = "ERR_NETWORK";
}

/** No complete reply within `timeout` milliseconds. */
export class TimeoutError extends WechatError {
  override readonly name: string = "TimeoutError";
  override readonly code: "ERR_TIMEOUT" = "ERR_TIMEOUT";
}

/** A reply that is not what the protocol says: HTML, a redirect, over 1 MiB, a result without its field. */
export class ReplyError extends WechatError {
  override readonly name: string = "ReplyError";
  override readonly code: "ERR_REPLY" = "ERR_REPLY";
  /** HTTP status, or 0 where the runtime hides it (a redirect in a browser). */
  readonly status: number;
  readonly requestId: string | undefined;
  /** Milliseconds that the server asked to wait (`Retry-After`), or undefined. */
  readonly retryAfter: number | undefined;

  constructor(
    message: string,
    about: {
      status: number;
      requestId?: string | undefined;
      retryAfter?: number | undefined;
      cause?: unknown;
    },
  ) {
    super(message, about.cause === undefined ? undefined : { cause: about.cause });
    this.status = about.status;
    this.requestId = about.requestId;
    this.retryAfter = about.retryAfter;
  }
}
