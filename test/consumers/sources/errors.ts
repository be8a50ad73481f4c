// Errors narrow by their code and by their class; a switch that misses a code is an error.

import {
  type AnyWechatError,
  isWechatError,
  MediaError,
  MpApiError,
  type NetworkError,
  PayApiError,
  WechatError,
  type WechatErrorCode,
} from "@wechat-edge/core";
import { ArticleError, CheckpointError, ReviewError } from "@wechat-edge/mp-publish";
import type { Same } from "./same.ts";

export function explain(error: unknown): string {
  if (!isWechatError(error)) throw error;
  switch (error.code) {
    case "ERR_ARTICLE":
      return error.findings.map(({ message }) => message).join();
    case "ERR_CHECKPOINT":
    case "ERR_MEDIA":
    case "ERR_MESSAGE":
    case "ERR_MP_PLATFORM":
    case "ERR_NOTIFICATION":
    case "ERR_SIGNATURE":
      return error.reason;
    case "ERR_CLIENT_VERSION":
    case "ERR_KEY":
    case "ERR_NETWORK":
    case "ERR_TIMEOUT":
      return error.message;
    case "ERR_MP_API":
      return error.errcode.toFixed();
    case "ERR_OUTCOME_UNKNOWN":
      return `${error.step} (${error.attempt ?? "no attempt"}): ${error.lookAt}`;
    case "ERR_PAY_API":
      return `${error.status} ${error.apiCode}`;
    case "ERR_REPLY":
      return error.status.toFixed();
    case "ERR_REVIEW":
      return error.wording ?? String(error.status);
  }
}

// @ts-expect-error: all codes but one end without a return
export function incomplete(error: AnyWechatError): string {
  switch (error.code) {
    case "ERR_ARTICLE":
    case "ERR_CHECKPOINT":
    case "ERR_CLIENT_VERSION":
    case "ERR_KEY":
    case "ERR_MEDIA":
    case "ERR_MESSAGE":
    case "ERR_MP_API":
    case "ERR_MP_PLATFORM":
    case "ERR_NETWORK":
    case "ERR_NOTIFICATION":
    case "ERR_OUTCOME_UNKNOWN":
    case "ERR_PAY_API":
    case "ERR_REPLY":
    case "ERR_REVIEW":
    case "ERR_SIGNATURE":
      return error.message;
  }
}

export function byClass(error: unknown): string {
  if (error instanceof MpApiError) return error.errcode.toFixed();
  if (error instanceof PayApiError) return `${error.status} ${error.apiCode}`;
  if (error instanceof MediaError) return error.reason;
  if (error instanceof ArticleError) return error.findings.map(({ rule }) => rule).join();
  if (error instanceof CheckpointError) return error.reason;
  if (error instanceof ReviewError) return String(error.status);
  if (error instanceof WechatError) {
    // @ts-expect-error: the base has no errcode
    error.errcode;
    return `${error.code} ${error.retryable} ${error.retryAfter ?? 0}`;
  }
  // @ts-expect-error: of anything else nothing is known
  return error.message;
}

export function bothWays(error: AnyWechatError): MpApiError | NetworkError | undefined {
  if (error.code === "ERR_MP_API") return error;
  if (error.code === "ERR_NETWORK") return error;
  // @ts-expect-error: no such code
  if (error.code === "ERR_MP") return undefined;
  return undefined;
}

export const everyClassIsInTheUnion: readonly AnyWechatError[] = [
  {} as ArticleError,
  {} as CheckpointError,
  {} as ReviewError,
];

export const codesAreLiterals: Same<typeof MpApiError.code, "ERR_MP_API"> = true;
export const codesOfAll: Same<WechatErrorCode, AnyWechatError["code"]> = true;
// @ts-expect-error: an error does not change
({}) as MpApiError satisfies { code: "ERR_MEDIA" };
