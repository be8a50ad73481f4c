import { shown } from "../given.ts";
import { type MpClient, mpParts } from "../mp/client.ts";
import { checkOptions, DURATION, type OptionKinds } from "../options.ts";
import { type EnvelopeSecrets, openEnvelope } from "./envelope.ts";
import { type MessageFields, readFields } from "./fields.ts";
import { checkAge, MAX_AGE_MS } from "./freshness.ts";
import { type MessageRequest, queryOf, readMessageBody } from "./incoming.ts";
import type { WechatMessage } from "./message.ts";
import { MessageError } from "./message-error.ts";
import { messageSecrets } from "./secrets.ts";
import { checkQuery, required } from "./signed-query.ts";

/** Options of {@link readMessage} and `readVerification`. */
export interface MessageReadOptions {
  /** How old a request may be, in milliseconds: 5 minutes by default. */
  readonly maxAge?: number | undefined;
}

/** The kinds of these options. */
export const READ_OPTIONS: OptionKinds<MessageReadOptions> = { maxAge: DURATION };

/**
 * Reads a message or an event of an Official Account (消息与事件推送): verifies that WeChat signed the request within the
 * last 5 minutes, decrypts the message and parses it. With `encodingAESKey` only encrypted messages are read (安全模式,
 * and of 兼容模式 the encrypted part); without it only those in clear text (明文模式), whose signature does not cover the
 * body: whoever saw one address can send any text for 5 minutes.
 *
 * It remembers nothing. WeChat waits 5 seconds and sends a message up to three times, and anybody who saw one can send
 * it again for 5 minutes: keep each `MsgId`, and of an event `FromUserName` and `CreateTime`, and answer a known one
 * with success without acting on it.
 *
 * @param mp - a client with `messageToken`
 * @param request - a web Request, or `{ url, body }` with the raw bytes or the raw text, up to 1 MiB
 * @param options - `maxAge` takes older requests
 * @returns the message, with the names of the wire. Its type is what you say: the fields are not checked.
 * @throws TypeError if `request` is no request, its body was read already, or the client has no `messageToken`
 * @throws MessageError for anything that WeChat did not send to this account; `reason` says why
 * @see https://developers.weixin.qq.com/doc/service/guide/dev/push/encryption.html
 *
 * @example
 * ```ts
 * import { createMpClient } from "@wechat-edge/core";
 * import { answerMessage, readMessage } from "@wechat-edge/core/mp-messages";
 * import { createEmulator, credentials } from "@wechat-edge/emulator";
 *
 * const messageToken = "aRandomToken1"; // both as they were set in the platform (服务器配置)
 * const encodingAESKey = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";
 * const mp = createMpClient({ ...credentials.mp, messageToken, encodingAESKey });
 *
 * // Your handler; the emulator stands for WeChat.
 * const to = async (request: Request) => {
 *   const message = await readMessage(mp, request);
 *   if (message.MsgType === "text") console.log(message.Content); // hello
 *   return answerMessage(mp);
 * };
 * const { control } = createEmulator();
 * const messages = { to, token: messageToken, encodingAESKey };
 * control.seed({ accounts: [{ appid: mp.appid, messages }] });
 * await control.sendMessage({ message: { MsgType: "text", Content: "hello" } });
 * ```
 */
export async function readMessage<Message extends object = WechatMessage>(
  mp: MpClient,
  request: MessageRequest,
  options: MessageReadOptions = {},
): Promise<Message> {
  const { transport } = mpParts(mp);
  checkOptions("readMessage", options, READ_OPTIONS);
  const secrets = messageSecrets(mp);
  const query = queryOf("readMessage", request);
  const body = await readMessageBody(request);
  const now = transport.now();
  const { maxAge = MAX_AGE_MS } = options;
  if (secrets.keys.length > 0 && query("msg_signature") !== undefined) {
    const message = await openMessage(secrets, query, body);
    checkAge(required(query, "timestamp"), now, maxAge);
    return checked(readFields(message)) as Message;
  }
  const { timestamp } = await checkQuery(secrets.token, query);
  checkAge(timestamp, now, maxAge);
  if (secrets.keys.length > 0) throw inClear();
  const fields = readFields(body);
  if (isSealed(fields) && fields["MsgType"] === undefined) {
    throw new TypeError(
      "The message is encrypted (安全模式), and this client has no key for it. Pass encodingAESKey to createMpClient.",
    );
  }
  return checked(fields) as Message;
}

type Query = (name: string) => string | undefined;

async function openMessage(
  secrets: EnvelopeSecrets,
  query: Query,
  body: Uint8Array,
): Promise<Uint8Array> {
  const sealed = {
    signature: required(query, "msg_signature"),
    timestamp: required(query, "timestamp"),
    nonce: required(query, "nonce"),
  };
  const fields = readFields(body);
  if (!isSealed(fields)) throw inClear();
  return openEnvelope(secrets, { ...sealed, encrypt: fields.Encrypt });
}

const isSealed = (fields: MessageFields): fields is MessageFields & { readonly Encrypt: string } =>
  typeof fields["Encrypt"] === "string";

function inClear(): MessageError {
  return new MessageError(
    "The message is in clear text, and this client reads encrypted ones only, because it has an encodingAESKey. Somebody forged it, or the platform (消息加解密方式) is still set to 明文模式.",
    { reason: "not-encrypted" },
  );
}

/** What every message has; of all else WeChat sends what it likes. */
function checked(fields: MessageFields): MessageFields {
  const { MsgType, FromUserName, CreateTime } = fields;
  const isMessage =
    typeof MsgType === "string" &&
    typeof FromUserName === "string" &&
    typeof CreateTime === "number";
  if (isMessage) return fields;
  throw new MessageError(
    `The request lacks MsgType, FromUserName or CreateTime, so it is no message. Its fields: ${Object.keys(fields).slice(0, 10).map(shown).join(", ") || "none"}.`,
    { reason: "malformed" },
  );
}
