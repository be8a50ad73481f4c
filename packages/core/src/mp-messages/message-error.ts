import { WechatError } from "../errors.ts";

/** Why a request is not taken for a message of WeChat. */
export type MessageErrorReason =
  | "too-large"
  | "query"
  | "signature"
  | "stale"
  | "not-encrypted"
  | "decryption"
  | "appid"
  | "malformed";

/** A request that WeChat did not send to this account, or a message that cannot be used. */
export class MessageError extends WechatError {
  override readonly name: string = "MessageError";
  static readonly code: "ERR_MESSAGE" = "ERR_MESSAGE";
  override readonly code: "ERR_MESSAGE" = "ERR_MESSAGE";
  /** What is wrong with it. For your logs: the sender may be anybody, and is not told. */
  readonly reason: MessageErrorReason;

  constructor(message: string, about: { reason: MessageErrorReason; cause?: unknown }) {
    super(message, about);
    this.reason = about.reason;
  }
}
