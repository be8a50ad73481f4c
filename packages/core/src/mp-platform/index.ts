export type {
  MessageRequest,
  RawMessageRequest,
  WebMessageRequest,
} from "../mp-messages/incoming.ts";
export { MessageError, type MessageErrorReason } from "../mp-messages/message-error.ts";
export {
  type Authorization,
  type AuthorizationUrlInput,
  authorizationUrl,
  createPreAuthCode,
  type PreAuthCode,
  queryAuth,
} from "./authorization.ts";
export type { AuthorizerPage } from "./authorizer-list.ts";
export type { PlatformCallOptions } from "./call-options.ts";
export { type AuthorizerListOptions, getAuthorizerList } from "./get-authorizer-list.ts";
export { forgetAuthorizer, keepRefreshToken, keepTicket } from "./keep.ts";
export { createMpPlatform, type MpPlatform, type MpPlatformOptions } from "./platform.ts";
export { MpPlatformError, type MpPlatformErrorReason } from "./platform-error.ts";
export { type PlatformRequest, platformRequest } from "./platform-request.ts";
export { type PlatformPush, type PlatformPushOptions, readPlatformPush } from "./read-push.ts";
export { startPushTicket } from "./start-push-ticket.ts";
