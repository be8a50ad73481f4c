/** On the prototype of every error of this library, whichever copy of it. */
const BRAND: symbol = Symbol.for("@wechat-edge/core/error");

/** The base of every error this library throws for a reason other than misuse of its functions. */
export abstract class WechatError extends Error {
  /** Such as `ERR_MEDIA`: it tells the classes apart also where the class itself is lost, as in a Worker's RPC. */
  abstract readonly code: string;
  /** Whether the same request may succeed in a while. */
  readonly retryable: boolean = false;
  /** Milliseconds that the server asked to wait before the next try (`Retry-After`), or undefined. */
  readonly retryAfter: number | undefined = undefined;

  static {
    Object.defineProperty(WechatError.prototype, BRAND, { value: true });
    // `instanceof` holds for the errors of another copy of this package too: the class of the same code.
    Object.defineProperty(WechatError, Symbol.hasInstance, {
      value(this: ErrorClass, value: unknown) {
        return isOfClass(this, value);
      },
    });
  }
}

interface ErrorClass {
  /** The code of the class's errors. */
  readonly code?: string;
}

function isOfClass(errorClass: ErrorClass, value: unknown): boolean {
  // A class that an application derives is as any other.
  if (errorClass !== WechatError && !Object.hasOwn(errorClass, "code")) {
    return Function.prototype[Symbol.hasInstance].call(errorClass as object as () => void, value);
  }
  if (typeof value !== "object" || value === null || !(BRAND in value)) return false;
  return errorClass === WechatError || (value as WechatError).code === errorClass.code;
}

/** A client that another version of `@wechat-edge/core` made, whose parts this one does not know. */
export class ClientVersionError extends WechatError {
  override readonly name: string = "ClientVersionError";
  static readonly code: "ERR_CLIENT_VERSION" = "ERR_CLIENT_VERSION";
  override readonly code: "ERR_CLIENT_VERSION" = "ERR_CLIENT_VERSION";

  constructor(maker: string, found: number, wanted: number) {
    super(
      `The client was made by ${maker} of another version of @wechat-edge/core: its form is ${found}, and this version reads form ${wanted}. Install the same version of all @wechat-edge packages: npm ls @wechat-edge/core lists the copies.`,
    );
  }
}

/** What to tell of a call whose reply was lost. */
export interface UnknownOutcome {
  /** Where to see whether it was done: what follows "check". */
  readonly lookAt: string;
  /** What to do once that is known, in whole sentences; by default that `retryUnknown: true` repeats the call. */
  readonly next?: string | undefined;
}

const RETRY_UNKNOWN =
  "With retryUnknown: true the call is repeated without asking, at the risk of doing it twice.";

/** The reply to a call that must not simply be repeated was lost: what it asked for may have been done. */
export class OutcomeUnknownError extends WechatError {
  override readonly name: string = "OutcomeUnknownError";
  static readonly code: "ERR_OUTCOME_UNKNOWN" = "ERR_OUTCOME_UNKNOWN";
  override readonly code: "ERR_OUTCOME_UNKNOWN" = "ERR_OUTCOME_UNKNOWN";
  /** The function whose outcome is unknown, such as `addMaterial`. */
  readonly step: string;
  /** Where to see whether it was done, before it is done again. */
  readonly lookAt: string;
  /** What to do once that is known. */
  readonly next: string;

  constructor(about: UnknownOutcome & { step: string; cause: unknown }) {
    const { step, lookAt, next = RETRY_UNKNOWN, cause } = about;
    const why = cause instanceof Error ? cause.message : String(cause);
    super(
      `WeChat may have carried out ${step}, but no clear reply came: ${why} Before you repeat it, check ${lookAt}. ${next}`,
      { cause },
    );
    this.step = step;
    this.lookAt = lookAt;
    this.next = next;
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
  static readonly code: "ERR_MEDIA" = "ERR_MEDIA";
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
  static readonly code: "ERR_NETWORK" = "ERR_NETWORK";
  override readonly code: "ERR_NETWORK" = "ERR_NETWORK";
  override readonly retryable: boolean = true;
}

/** No complete reply within `timeout` milliseconds. */
export class TimeoutError extends WechatError {
  override readonly name: string = "TimeoutError";
  static readonly code: "ERR_TIMEOUT" = "ERR_TIMEOUT";
  override readonly code: "ERR_TIMEOUT" = "ERR_TIMEOUT";
  override readonly retryable: boolean = true;
}

/** A reply that is not what the protocol says: HTML, a redirect, over 1 MiB, a result without its field. */
export class ReplyError extends WechatError {
  override readonly name: string = "ReplyError";
  static readonly code: "ERR_REPLY" = "ERR_REPLY";
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
