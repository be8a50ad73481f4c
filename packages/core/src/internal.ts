// What the sibling packages build on. It changes without notice: applications use the main entry.

export { bytesBody, type OpenBody, type RequestBody, streamBody } from "./body.ts";
export { checkContent, checkDeclared, type WechatAnswers } from "./check.ts";
export { concatBytes } from "./concat-bytes.ts";
export { digestBytes } from "./digest.ts";
export { smallFileHasher } from "./hasher.ts";
export { encodeHex } from "./hex.ts";
export { openWindow } from "./inspect/file-window.ts";
export { identify } from "./inspect/identify.ts";
export { type FormField, type FormFile, type FormFrame, frameForm } from "./multipart.ts";
export { type PayExchange, payExchange } from "./pay-exchange.ts";
export { checkPayPath } from "./pay-path.ts";
export { payReplyObject } from "./reply.ts";
export { encodeUtf8 } from "./utf8.ts";
