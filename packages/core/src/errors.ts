import { adviceFor, isBusyErrcode } from "./mp/errcodes.ts";
import type { SignErrorExplanation } from "./pay/sign-error.ts";
import { saysDailyQuota } from "./pay/wire-texts.ts";

/** The base of every error this library throws for a reason other than misuse of its functions. */
export abstract class WechatError extends Error {
  abstract readonly code: string;
  /** Whether the same request may succeed in a while. */
  readonly retryable: boolean = false;
}

/** Codes of the errors that `@wechat-edge/core` throws. */
export type CoreErrorCode =
  | "ERR_PAY_API"
  | "ERR_MP_API"
  | "ERR_OUTCOME_UNKNOWN"
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

/** An Official Account's API answered with an `errcode` other than 0 (or a `ret`, as the video calls have it). */
export class MpApiError extends WechatError {
  override readonly name: string = "MpApiError";
  override readonly code: "ERR_MP_API" = "ERR_MP_API";
  /** WeChat's number: classify by it. */
  readonly errcode: number;
  /** WeChat's text without its tail (`hint: […] rid: …`); its wording changes. */
  readonly errmsg: string;
  /** The request's id at WeChat, which its support asks for. */
  readonly rid: string | undefined;
  /** The `hint` of the text's tail, for WeChat's support. */
  readonly hint: string | undefined;
  /** Path of the call, such as `/cgi-bin/media/upload`; never its query, which holds the token. */
  readonly endpoint: string;
  /** Of 40164: the address that is not in the white list. */
  readonly ip: string | undefined;
  /** True of -1 (busy) and 45011 (too fast). */
  override readonly retryable: boolean;

  constructor(reply: {
    errcode: number;
    errmsg: string;
    endpoint: string;
    rid?: string | undefined;
    hint?: string | undefined;
    /** What to do, in place of the advice for this number. */
    advice?: string | undefined;
    cause?: unknown;
  }) {
    const { errcode, errmsg, endpoint, rid, hint } = reply;
    const ip = errcode === 40164 ? /\bip ([0-9a-f.:]+)/i.exec(errmsg)?.[1] : undefined;
    const id = rid === undefined ? "" : ` (rid ${rid})`;
    const advice = reply.advice ?? adviceFor(errcode, endpoint, ip);
    super(
      `WeChat answered ${errcode} at ${endpoint}: ${errmsg}${id}.${advice === "" ? "" : ` ${advice}`}`,
      reply.cause === undefined ? undefined : { cause: reply.cause },
    );
    this.errcode = errcode;
    this.errmsg = errmsg;
    this.rid = rid;
    this.hint = hint;
    this.endpoint = endpoint;
    this.ip = ip;
    this.retryable = isBusyErrcode(errcode);
  }
}

/** The reply to a call that must not simply be repeated was lost: what it asked for may have been done. */
export class OutcomeUnknownError extends WechatError {
  override readonly name: string = "OutcomeUnknownError";
  override readonly code: "ERR_OUTCOME_UNKNOWN" = "ERR_OUTCOME_UNKNOWN";
  /** The function whose outcome is unknown, such as `addMaterial`. */
  readonly step: string;
  /** What to look at before it is done again. */
  readonly lookAt: string;

  constructor(about: { step: string; lookAt: string; cause: unknown }) {
    const why = about.cause instanceof Error ? about.cause.message : String(about.cause);
    super(
      `${about.step} got no clear reply, and may have been done all the same: ${why} Look at ${about.lookAt} before you repeat it.`,
      { cause: about.cause },
    );
    this.step = about.step;
    this.lookAt = about.lookAt;
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
  /** True of a probe alone. */
  override readonly retryable: boolean;
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
    this.retryable = this.probe;
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
  override readonly retryable: boolean = true;
}

/** No complete reply within `timeout` milliseconds. */
export class TimeoutError extends WechatError {
  override readonly name: string = "TimeoutError";
  override readonly code: "ERR_TIMEOUT" = "ERR_TIMEOUT";
  override readonly retryable: boolean = true;
}

/** A reply that is not what the protocol says: HTML, a redirect, over 1 MiB, a result without its field. */
export class ReplyError extends WechatError {
  override readonly name: string = "ReplyError";
  override readonly code: "ERR_REPLY" = "ERR_REPLY";
  /** True of 5xx and 429. */
  override readonly retryable: boolean;
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
    this.retryable = about.status >= 500 || about.status === 429;
    this.requestId = about.requestId;
    this.retryAfter = about.retryAfter;
  }
}
