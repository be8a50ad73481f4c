export type { TokenKind } from "./access-token.ts";
export type { ValueCache } from "./certificate-list.ts";
export type { FileLimits } from "./check.ts";
export { digest } from "./digest.ts";
export {
  type CoreErrorCode,
  KeyError,
  MediaError,
  type MediaErrorReason,
  MpApiError,
  NetworkError,
  OutcomeUnknownError,
  PayApiError,
  ReplyError,
  SignatureError,
  type SignatureErrorReason,
  TimeoutError,
  type WechatAnswer,
  WechatError,
} from "./errors.ts";
export { createHasher, type DigestAlgorithm, type Hasher } from "./hasher.ts";
export type { Format } from "./inspect/formats.ts";
export { type Inspection, inspect } from "./inspect/inspect.ts";
export type { LimitsOption } from "./limits-option.ts";
export { createMpClient, type MpClient, type MpClientOptions } from "./mp-client.ts";
export type { UnknownOptions } from "./mp-exchange.ts";
export { type MpRequest, type MpRequestOptions, mpRequest } from "./mp-request.ts";
export type { PassThrough } from "./pass-through.ts";
export {
  createPayClient,
  type PayClient,
  type PayClientOptions,
  type PayRegion,
  type PlatformKey,
} from "./pay-client.ts";
export { type PayRequest, type PayRequestOptions, payRequest } from "./pay-request.ts";
export type { GetAccessToken } from "./provided-token.ts";
export type { JsonObject } from "./reply.ts";
export type { Reply } from "./send.ts";
export { decryptSensitive, encryptSensitive } from "./sensitive.ts";
export type { SignErrorCause, SignErrorExplanation } from "./sign-error.ts";
export { createSource, type ReadableFile, type Source, type SourceInput } from "./source.ts";
export type { TokenStore } from "./token-store.ts";
export type { Attempt, RetryPolicy, SharedOptions, Transport } from "./transport.ts";
export type { UploadInput, UploadOptions, UploadProgress } from "./upload-file.ts";
export { createUrlSource, type UrlSourceOptions } from "./url-source.ts";
