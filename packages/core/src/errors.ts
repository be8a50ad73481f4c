import { visible } from "./visible.ts";

/** On the prototype of every error of this library, in every copy of it. */
const BRAND: symbol = Symbol.for("@wechat-edge/core/error");

/** Base class of all errors of this library. Misuse of a function throws TypeError or RangeError instead. */
export abstract class WechatError extends Error {
  /** Such as `ERR_MEDIA`. It tells errors apart where classes are lost too, as after a Worker's RPC. */
  abstract readonly code: string;
  /** Whether the same call may succeed later. */
  readonly retryable: boolean = false;
  /** How many milliseconds the server asks to wait before the next try (`Retry-After`), or undefined. */
  readonly retryAfter: number | undefined = undefined;

  /**
   * Control characters in the message, which quotes what others wrote, are shown as `\u001b`. A `cause` that is undefined
   * is left out.
   */
  constructor(message?: string, options: { readonly cause?: unknown } = {}) {
    const { cause } = options;
    super(message && visible(message), cause === undefined ? undefined : { cause });
  }

  static {
    Object.defineProperty(WechatError.prototype, BRAND, { value: true });
    // `instanceof` compares codes, so that it works for the errors of another copy of this package.
    Object.defineProperty(WechatError, Symbol.hasInstance, {
      value(this: ErrorClass, value: unknown) {
        return isOfClass(this, value);
      },
    });
  }
}

interface ErrorClass {
  /** The `code` of the class's errors. */
  readonly code?: string;
}

function isOfClass(errorClass: ErrorClass, value: unknown): boolean {
  // A class derived by an application gets the usual instanceof.
  if (errorClass !== WechatError && !Object.hasOwn(errorClass, "code")) {
    return Function.prototype[Symbol.hasInstance].call(errorClass as object as () => void, value);
  }
  if (typeof value !== "object" || value === null || !(BRAND in value)) return false;
  return errorClass === WechatError || (value as WechatError).code === errorClass.code;
}

/** The client was made by an incompatible version of `@wechat-edge/core`. */
export class ClientVersionError extends WechatError {
  override readonly name: string = "ClientVersionError";
  static readonly code: "ERR_CLIENT_VERSION" = "ERR_CLIENT_VERSION";
  override readonly code: "ERR_CLIENT_VERSION" = "ERR_CLIENT_VERSION";

  constructor(maker: string, found: number, wanted: number) {
    super(
      `The client was made by ${maker} of another version of @wechat-edge/core: its format is ${found}, this version reads format ${wanted}. Install the same version of all @wechat-edge packages: npm ls @wechat-edge/core lists the copies.`,
    );
  }
}

/** Advice for a call whose reply was lost. */
export interface UnknownOutcome {
  /** What to check to see whether it was done; follows "check" in the message. */
  readonly lookAt: string;
  /** What to do then, in whole sentences; by default that `retryUnknown: true` repeats the call. */
  readonly next?: string | undefined;
}

const RETRY_UNKNOWN =
  "With retryUnknown: true the call is repeated without asking, at the risk of doing it twice.";

/** The reply was lost, and WeChat may have carried out the call. Check before you repeat it. */
export class OutcomeUnknownError extends WechatError {
  override readonly name: string = "OutcomeUnknownError";
  static readonly code: "ERR_OUTCOME_UNKNOWN" = "ERR_OUTCOME_UNKNOWN";
  override readonly code: "ERR_OUTCOME_UNKNOWN" = "ERR_OUTCOME_UNKNOWN";
  /** The function whose outcome is unknown, such as `addMaterial`. */
  readonly step: string;
  /** What to check before you repeat the call. */
  readonly lookAt: string;
  /** What to do then. */
  readonly next: string;
  /**
   * Id of this one try, where a saved state or checkpoint holds it: pass it back in `resolution` with what you found.
   * Undefined for a single call.
   */
  readonly attempt: string | undefined;

  constructor(
    about: UnknownOutcome & { step: string; cause: unknown; attempt?: string | undefined },
  ) {
    const { step, lookAt, next = RETRY_UNKNOWN, cause, attempt } = about;
    const why = cause instanceof Error ? cause.message : String(cause);
    super(
      `WeChat may have carried out ${step}, but no clear reply came: ${why} Before you repeat it, check ${lookAt}. ${next}`,
      { cause },
    );
    this.step = step;
    this.lookAt = lookAt;
    this.next = next;
    this.attempt = attempt;
  }
}

/** Why a file was refused. */
export type MediaErrorReason =
  | "empty"
  | "name"
  | "extension"
  | "format"
  | "size"
  | "duration"
  | "changed";

/** What WeChat answers to a file like this one, as far as its documents say. */
export interface WechatAnswer {
  /** HTTP status. */
  readonly status: number;
  /** `code` of WeChat Pay, or `errcode` of an Official Account. */
  readonly code: string | number;
  /** WeChat's message. */
  readonly message: string;
}

/** A file that WeChat would refuse, or that changed while it was read. Nothing was uploaded. */
export class MediaError extends WechatError {
  override readonly name: string = "MediaError";
  static readonly code: "ERR_MEDIA" = "ERR_MEDIA";
  override readonly code: "ERR_MEDIA" = "ERR_MEDIA";
  /** Which check failed. */
  readonly reason!: MediaErrorReason;
  /** What is allowed, in words. */
  readonly expected: string | undefined;
  /** What was found, in words. */
  readonly actual: string | undefined;
  /** What WeChat would have answered, or undefined if that is not documented. */
  readonly answer: WechatAnswer | undefined;
  /** The option that changes this limit, such as `limits.maxBytes`, or undefined. */
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
    const { cause, ...fields } = about;
    super(message, { cause });
    Object.assign(this, fields);
  }
}

/** No reply came, or it broke off. */
export class NetworkError extends WechatError {
  override readonly name: string = "NetworkError";
  static readonly code: "ERR_NETWORK" = "ERR_NETWORK";
  override readonly code: "ERR_NETWORK" = "ERR_NETWORK";
  override readonly retryable: boolean = true;
}

/** No complete reply came within `timeout` milliseconds. */
export class TimeoutError extends WechatError {
  override readonly name: string = "TimeoutError";
  static readonly code: "ERR_TIMEOUT" = "ERR_TIMEOUT";
  override readonly code: "ERR_TIMEOUT" = "ERR_TIMEOUT";
  override readonly retryable: boolean = true;
}

/** A server that does not know the request, is set up wrongly, or waits for somebody to log in. */
const LASTING: readonly number[] = [501, 505, 506, 508, 510, 511];

/** Whether a refusal with this status may have passed when the same request comes again. */
export function mayPass(status: number): boolean {
  return status === 429 || (status >= 500 && !LASTING.includes(status));
}

/** A reply that is not WeChat's: HTML, broken JSON, a redirect, over 1 MiB, or a success without a required field. */
export class ReplyError extends WechatError {
  override readonly name: string = "ReplyError";
  static readonly code: "ERR_REPLY" = "ERR_REPLY";
  override readonly code: "ERR_REPLY" = "ERR_REPLY";
  /** True for 429 and for 5xx, but for those that a repetition cannot mend: 501, 505, 506, 508, 510 and 511. */
  declare readonly retryable: boolean;
  /** HTTP status, or 0 if the runtime hides it (a redirect in a browser). */
  readonly status!: number;
  /** WeChat Pay's `Request-ID`, or undefined. */
  readonly requestId: string | undefined;
  declare readonly retryAfter: number | undefined;

  constructor(
    message: string,
    about: {
      status: number;
      requestId?: string | undefined;
      retryAfter?: number | undefined;
      cause?: unknown;
    },
  ) {
    const { cause, ...fields } = about;
    super(message, { cause });
    Object.assign(this, fields);
    this.retryable = mayPass(about.status);
  }
}
