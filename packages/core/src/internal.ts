// What the sibling packages build on. It changes without notice: applications use the main entry.

export { abortable } from "./abortable.ts";
export { bytesBody, heldBody, type OpenBody, type RequestBody, streamBody } from "./body.ts";
export { checkContent, checkDeclared, type WechatAnswers } from "./check.ts";
export { concatBytes } from "./concat-bytes.ts";
export { digestBytes } from "./digest.ts";
export { smallFileHasher } from "./hasher.ts";
export { encodeHex } from "./hex.ts";
export { openWindow } from "./inspect/file-window.ts";
export { identify } from "./inspect/identify.ts";
export { resolveLimits, withLimits } from "./limits-option.ts";
export {
  type MpCall,
  mpRequestOf,
  observed,
  sendMp,
  tokenSecret,
  withoutSecrets,
} from "./mp-call.ts";
export { mpExchange, type RepeatRule, withToken } from "./mp-exchange.ts";
export { mpErrorOf, mpReplyObject } from "./mp-reply.ts";
export { jsonBody } from "./mp-request.ts";
export { type FormField, type FormFile, type FormFrame, frameForm } from "./multipart.ts";
export { type PayExchange, payExchange } from "./pay-exchange.ts";
export { checkPayPath } from "./pay-path.ts";
export { parseObject, payReplyObject } from "./reply.ts";
export { settledSoon } from "./shared-work.ts";
export { openReply, type StreamedReply } from "./streamed-reply.ts";
export { type SafeStore, safeStore } from "./token-store.ts";
export {
  type CheckedFile,
  checkFile,
  type FileRules,
  type UploadInput,
  uploadFile,
} from "./upload-file.ts";
export { checkWholeText, encodeUtf8 } from "./utf8.ts";
export { saysNoLongerEditable, saysSubmittedBefore, saysUnreadableJson } from "./wire-texts.ts";
