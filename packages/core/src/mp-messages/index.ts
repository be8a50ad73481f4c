export { answerMessage, type MessageAnswer, type MessageOutcome, messageAnswer } from "./answer.ts";
export type {
  EventMessage,
  LocationEvent,
  LocationSelectEvent,
  MassSentEvent,
  MenuEvent,
  PicturesEvent,
  PublishEvent,
  ScanCodeEvent,
  ScanEvent,
  SubscribeEvent,
  TemplateSentEvent,
  UnsubscribeEvent,
} from "./event.ts";
export type { MessageRequest, RawMessageRequest, WebMessageRequest } from "./incoming.ts";
export type {
  FollowerMessageHead,
  ImageMessage,
  LinkMessage,
  LocationMessage,
  TextMessage,
  VideoMessage,
  VoiceMessage,
  WechatMessage,
} from "./message.ts";
export { MessageError, type MessageErrorReason } from "./message-error.ts";
export type { MessageHead } from "./message-head.ts";
export { type MessageReadOptions, readMessage } from "./read-message.ts";
export { readVerification } from "./read-verification.ts";
