import type {
  ClientVersionError,
  MediaError,
  NetworkError,
  OutcomeUnknownError,
  ReplyError,
  TimeoutError,
  WechatError,
} from "./errors.ts";
import type { MpApiError } from "./mp/errors.ts";
import type { KeyError, PayApiError, SignatureError } from "./pay/errors.ts";

/** What `checkArticle` of `@wechat-edge/mp-publish` found wrong with an article. */
export interface ArticleErrorShape extends WechatError {
  readonly name: string;
  readonly code: "ERR_ARTICLE";
  readonly findings: readonly {
    readonly rule: string;
    readonly severity: string;
    readonly path: string;
    readonly message: string;
    readonly suggestion: string;
  }[];
}

/** A saved state with which `@wechat-edge/mp-publish` cannot go on. */
export interface CheckpointErrorShape extends WechatError {
  readonly name: string;
  readonly code: "ERR_CHECKPOINT";
  readonly reason: "malformed" | "version" | "account" | "file" | "job";
}

/** A video or article that WeChat did not let pass. */
export interface ReviewErrorShape extends WechatError {
  readonly name: string;
  readonly code: "ERR_REVIEW";
  readonly status: number | string;
  readonly wording: string | undefined;
}

/**
 * Every error of every `@wechat-edge` package. `code` tells them apart, so that `switch (error.code)` narrows and misses
 * none. Those of `@wechat-edge/mp-publish` are here by their fields, because core does not know that package.
 */
export type AnyWechatError =
  | ArticleErrorShape
  | CheckpointErrorShape
  | ClientVersionError
  | KeyError
  | MediaError
  | MpApiError
  | NetworkError
  | OutcomeUnknownError
  | PayApiError
  | ReplyError
  | ReviewErrorShape
  | SignatureError
  | TimeoutError;

/** The code of every error of every `@wechat-edge` package. */
export type WechatErrorCode = AnyWechatError["code"];

/** Names and codes of them all: what is left of an error on the other side of a Worker's RPC. */
const NAMES: Readonly<Record<WechatErrorCode, string>> = {
  ERR_ARTICLE: "ArticleError",
  ERR_CHECKPOINT: "CheckpointError",
  ERR_CLIENT_VERSION: "ClientVersionError",
  ERR_KEY: "KeyError",
  ERR_MEDIA: "MediaError",
  ERR_MP_API: "MpApiError",
  ERR_NETWORK: "NetworkError",
  ERR_OUTCOME_UNKNOWN: "OutcomeUnknownError",
  ERR_PAY_API: "PayApiError",
  ERR_REPLY: "ReplyError",
  ERR_REVIEW: "ReviewError",
  ERR_SIGNATURE: "SignatureError",
  ERR_TIMEOUT: "TimeoutError",
};

/**
 * Whether a value is an error of a `@wechat-edge` package, by its name and code: also of another copy of the package, and
 * of the other side of a Worker's RPC or of `structuredClone`, where classes are lost.
 *
 * @param value - whatever was caught
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
  const { name, code } = value as { name?: unknown; code?: unknown };
  return (
    typeof code === "string" &&
    Object.hasOwn(NAMES, code) &&
    NAMES[code as WechatErrorCode] === name
  );
}
