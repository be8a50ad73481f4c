// For the packages of both halves. May change in any version: applications use the main entry.

export type { AbortSignal } from "../async/abort-signal.ts";
export { abortable } from "../async/abortable.ts";
export { ignoreErrors } from "../async/ignore-errors.ts";
export { createSharedWork, type SharedWork } from "../async/shared-work.ts";
export { type ByteReader, type ByteStream, byteStream, precededBy } from "../bytes/byte-stream.ts";
export { concatBytes } from "../bytes/concat.ts";
export { encodeHex } from "../bytes/hex.ts";
export { checkWholeText, encodeUtf8 } from "../bytes/utf8.ts";
export { feature } from "../feature.ts";
export { given, shown } from "../given.ts";
export { digestBytes } from "../hash/digest.ts";
export { type HttpAddress, httpAddress } from "../http/address.ts";
export { dispositionName, safeName } from "../http/file-name.ts";
export { idOf, missingField, parseObject, requiredId, requiredText } from "../http/reply.ts";
export { inMemoryBody, type RequestBody } from "../http/request-body.ts";
export { longestCall } from "../http/retry.ts";
export { openReply, type StreamedReply } from "../http/streamed-reply.ts";
export { type FileWindow, openWindow } from "../inspect/file-window.ts";
export { identify } from "../inspect/identify.ts";
export { mp3Start } from "../inspect/mp3-start.ts";
export { type Sound, soundOf } from "../inspect/sound.ts";
export {
  BOOLEAN,
  COUNT,
  checkInput,
  checkKnownFields,
  checkOptions,
  checkText,
  DURATION,
  nearest,
  OBJECTS,
  type OptionKinds,
  SECONDS,
} from "../options.ts";
export { own } from "../own.ts";
export { sourceOf } from "../source/source.ts";
export { safeStore } from "../store.ts";
export { checkContent } from "../upload/content-check.ts";
export { checkDeclared } from "../upload/declared-check.ts";
export type { FileRules } from "../upload/file-rules.ts";
export { resolveLimits, withLimits } from "../upload/limits.ts";
export type { FormField } from "../upload/multipart.ts";
export { namedChecks, type SoundChecks } from "../upload/named-checks.ts";
export type { WechatAnswers } from "../upload/refusal.ts";
export { isStreamInput } from "../upload/stream-input.ts";
export {
  CHECK_OPTIONS,
  type CheckedFile,
  checkFile,
  type FramedUpload,
  readChecked,
  sendChecked,
  UPLOAD_OPTIONS,
  type UploadForm,
  uploadFile,
} from "../upload/upload-file.ts";
export { visible } from "../visible.ts";
