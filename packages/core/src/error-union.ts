import type {
  ClientVersionError,
  MediaError,
  NetworkError,
  OutcomeUnknownError,
  ReplyError,
  TimeoutError,
  WechatError,
} from "./errors.ts";
import { feature } from "./feature.ts";
import type { MpApiError } from "./mp/errors.ts";
import type { MessageError } from "./mp-messages/message-error.ts";
import type { MpPlatformError } from "./mp-platform/platform-error.ts";
import type { KeyError, PayApiError, SignatureError } from "./pay/errors.ts";
import type { NotificationError } from "./pay-notifications/notification-error.ts";

/** `ArticleError` of `@wechat-edge/mp-publish`: an article that breaks WeChat's rules. */
export interface ArticleErrorShape extends WechatError {
  readonly name: string;
  readonly code: "ERR_ARTICLE";
  readonly findings: readonly {
    readonly rule: string;
    readonly severity: string;
    readonly path: string;
    readonly message: string;
    readonly suggestion: string;
    readonly evidence: string;
    readonly source: string;
  }[];
}

/** `CheckpointError` of `@wechat-edge/mp-publish`: a saved state that cannot be continued. */
export interface CheckpointErrorShape extends WechatError {
  readonly name: string;
  readonly code: "ERR_CHECKPOINT";
  readonly reason: "malformed" | "version" | "account" | "file" | "job" | "draft";
}

/** `ReviewError` of `@wechat-edge/mp-publish`: WeChat's review rejected a video or an article. */
export interface ReviewErrorShape extends WechatError {
  readonly name: string;
  readonly code: "ERR_REVIEW";
  readonly status: number | string;
  readonly wording: string | undefined;
  readonly fail_idx: readonly number[] | undefined;
}

/**
 * Any error of any `@wechat-edge` package. `switch (error.code)` narrows the type and covers all of them. The errors of
 * `@wechat-edge/mp-publish` are described by their fields, because core does not import that package.
 */
export type AnyWechatError =
  | ArticleErrorShape
  | CheckpointErrorShape
  | ClientVersionError
  | KeyError
  | MediaError
  | MessageError
  | MpApiError
  | MpPlatformError
  | NetworkError
  | NotificationError
  | OutcomeUnknownError
  | PayApiError
  | ReplyError
  | ReviewErrorShape
  | SignatureError
  | TimeoutError;

/** The `code` of any error of any `@wechat-edge` package. */
export type WechatErrorCode = AnyWechatError["code"];

/** Codes and names of all errors: what is left of an error after a Worker's RPC. */
const NAMES: Readonly<Record<WechatErrorCode, string>> = {
  ERR_ARTICLE: "ArticleError",
  ERR_CHECKPOINT: "CheckpointError",
  ERR_CLIENT_VERSION: "ClientVersionError",
  ERR_KEY: "KeyError",
  ERR_MEDIA: "MediaError",
  ERR_MESSAGE: "MessageError",
  ERR_MP_API: "MpApiError",
  ERR_MP_PLATFORM: "MpPlatformError",
  ERR_NETWORK: "NetworkError",
  ERR_NOTIFICATION: "NotificationError",
  ERR_OUTCOME_UNKNOWN: "OutcomeUnknownError",
  ERR_PAY_API: "PayApiError",
  ERR_REPLY: "ReplyError",
  ERR_REVIEW: "ReviewError",
  ERR_SIGNATURE: "SignatureError",
  ERR_TIMEOUT: "TimeoutError",
};

/**
 * Returns whether a value is an error of a `@wechat-edge` package. It looks at `name` and `code`, so it works where
 * `instanceof` does not: after a Worker's RPC, and for errors in JSON. `structuredClone` and `postMessage` drop both
 * fields of every error: pass them `{ ...error, message: error.message }`.
 *
 * @param value - the caught value
 *
 * @example
 * ```ts
 * import { isWechatError } from "@wechat-edge/core";
 * import { checkImage } from "@wechat-edge/pay-media";
 *
 * try {
 *   await checkImage(new File(["not a picture"], "licence.jpg"));
 * } catch (error) {
 *   if (!isWechatError(error)) throw error;
 *   switch (error.code) {
 *     case "ERR_MEDIA":
 *       console.log(error.reason); // format
 *       break;
 *     default:
 *       console.log(error.message);
 *   }
 * }
 * ```
 */
export function isWechatError(value: unknown): value is AnyWechatError {
  if (typeof value !== "object" || value === null) return false;
  const hasOurName = (): boolean => {
    const { name, code } = value as { name?: unknown; code?: unknown };
    return (
      typeof code === "string" &&
      Object.hasOwn(NAMES, code) &&
      NAMES[code as WechatErrorCode] === name
    );
  };
  return feature(hasOurName) ?? false; // whatever was thrown, a catch block must go on
}
