/** The base of every error this library throws for a reason other than misuse of its functions. */
export abstract class WechatError extends Error {
  abstract readonly code: string;
  /** Whether the same request may succeed in a while. */
  readonly retryable: boolean = false;
  /** Milliseconds that the server asked to wait before the next try (`Retry-After`), or undefined. */
  readonly retryAfter: number | undefined = undefined;
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

/** A client that another version of `@wechat-edge/core` made, whose parts this one does not know. */
export class ClientVersionError extends WechatError {
  override readonly name: string = "ClientVersionError";
  override readonly code: "ERR_CLIENT_VERSION" = "ERR_CLIENT_VERSION";

  constructor(maker: string, found: number, wanted: number) {
    super(
      `The client is from a ${maker} of another version of @wechat-edge/core: its form is ${found}, and this version reads form ${wanted}. Install one version of all @wechat-edge packages (npm ls @wechat-edge/core shows which are there).`,
    );
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
  override readonly retryAfter: number | undefined;

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
