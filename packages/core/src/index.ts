export type { BlobLike } from "./bytes/blob-like.ts";
export type { ReadableStreamLike, ReaderLike } from "./bytes/readable-stream-like.ts";
export { type AnyWechatError, isWechatError, type WechatErrorCode } from "./error-union.ts";
export {
  ClientVersionError,
  MediaError,
  type MediaErrorReason,
  NetworkError,
  OutcomeUnknownError,
  ReplyError,
  TimeoutError,
  type UnknownOutcome,
  type WechatAnswer,
  WechatError,
} from "./errors.ts";
export { digest } from "./hash/digest.ts";
export { createHasher, type DigestAlgorithm, type Hasher } from "./hash/hasher.ts";
export type {
  Fetch,
  FetchBody,
  FetchInit,
  FetchResponse,
  ReplyHeaders,
} from "./http/fetch-type.ts";
export type { JsonObject, Reply } from "./http/reply.ts";
export type { Attempt, RetryPolicy, SharedOptions } from "./http/transport.ts";
export type { UnknownOutcomeOptions } from "./http/unknown-outcome.ts";
export type { Format } from "./inspect/formats.ts";
export { type Inspection, inspect } from "./inspect/inspect.ts";
export { createMpClient, type MpClient, type MpClientOptions } from "./mp/client.ts";
export { MpApiError } from "./mp/errors.ts";
export { type MpRequest, type MpRequestOptions, mpRequest } from "./mp/request.ts";
export type { TokenKind } from "./mp/tokens/issue.ts";
export type { GetAccessToken } from "./mp/tokens/provided.ts";
export type { PayClient } from "./pay/client.ts";
export type { PayBrandClientOptions, PayClientOptions } from "./pay/client-options.ts";
export { createPayClient } from "./pay/create-client.ts";
export { KeyError, PayApiError, SignatureError, type SignatureErrorReason } from "./pay/errors.ts";
export type { CryptoKeyLike } from "./pay/keys/crypto-key-like.ts";
export type { PlatformKey } from "./pay/keys/platform-keys.ts";
export type { PayRegion } from "./pay/region.ts";
export { type PayRequest, type PayRequestOptions, payRequest } from "./pay/request.ts";
export { decryptSensitive, encryptSensitive } from "./pay/sensitive-fields.ts";
export type { SignErrorExplanation } from "./pay/sign-error.ts";
export type { SignErrorCause } from "./pay/sign-error-cause.ts";
export {
  createSource,
  type FileInput,
  type RandomAccessFile,
  type Source,
} from "./source/source.ts";
export { createUrlSource, type UrlSourceOptions } from "./source/url-source.ts";
export type { KeyValueStore } from "./store.ts";
export type { FileLimits } from "./upload/file-limits.ts";
export type { LimitsOption } from "./upload/limits.ts";
export type { DigestedStreamInput, StreamInput } from "./upload/stream-input.ts";
export type {
  UploadOptions,
  UploadProgress,
} from "./upload/upload-file.ts";
