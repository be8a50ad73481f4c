import { encodeHex } from "../bytes/hex.ts";
import { given } from "../given.ts";
import type { FetchResponse } from "../http/fetch-type.ts";
import { type MpClient, mpParts } from "../mp/client.ts";
import { checkOptions } from "../options.ts";
import { type EnvelopeSecrets, sealEnvelope } from "./envelope.ts";
import { MessageError } from "./message-error.ts";
import { messageSecrets } from "./secrets.ts";
import { parseXml } from "./xml.ts";

/** What to answer: at most one of these; without any, the message was taken. */
export interface MessageOutcome {
  /** A passive reply (被动回复) in XML, such as `mediaReplyXml` of `@wechat-edge/mp-media` makes. */
  readonly reply?: string | undefined;
  /** What `readVerification` returned. */
  readonly echostr?: string | undefined;
  /** What was thrown; whatever is passed, even undefined, is a failure. */
  readonly error?: unknown;
}

/** What to answer WeChat. */
export interface MessageAnswer {
  /** 200, 403 or 500. */
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The Response type of your program. */
type WebResponse = typeof globalThis extends {
  fetch: (...args: never) => Promise<infer Response>;
}
  ? Response
  : FetchResponse;

/**
 * Says what to answer WeChat, where there is no web Response: in Express, Koa, Node. See {@link answerMessage}.
 *
 * @param mp - the client that read the message
 * @param outcome - `{ reply }`, `{ echostr }` or `{ error }`; without it, the message was taken
 * @returns `{ status, headers, body }`
 * @throws TypeError if `reply` is not XML, or `outcome` has more than one of them
 *
 * @example
 * ```ts
 * import { createMpClient } from "@wechat-edge/core";
 * import { messageAnswer } from "@wechat-edge/core/mp-messages";
 * import { credentials } from "@wechat-edge/emulator";
 *
 * const mp = createMpClient({ ...credentials.mp, messageToken: "aRandomToken1" });
 * const { status, headers, body } = await messageAnswer(mp); // response.writeHead(status, headers).end(body)
 * console.log(status, body); // 200 success
 * ```
 */
export async function messageAnswer(
  mp: MpClient,
  outcome: MessageOutcome = {},
): Promise<MessageAnswer> {
  return answerOf("messageAnswer", mp, outcome);
}

async function answerOf(
  what: string,
  mp: MpClient,
  outcome: MessageOutcome,
): Promise<MessageAnswer> {
  const { transport } = mpParts(mp);
  checkOutcome(what, outcome);
  const { reply, echostr = "success" } = outcome;
  if ("error" in outcome) {
    const status = outcome.error instanceof MessageError ? 403 : 500;
    return { status, headers: TEXT, body: "" };
  }
  if (reply === undefined) return { status: 200, headers: TEXT, body: echostr };
  const secrets = messageSecrets(mp);
  const body = secrets.keys.length === 0 ? reply : await sealed(secrets, reply, transport.now());
  return { status: 200, headers: { "content-type": "application/xml; charset=utf-8" }, body };
}

/**
 * Answers WeChat: `success` without an outcome; a reply, encrypted and signed if the client has an `encodingAESKey`; the
 * `echostr` of a verification; 403 for a `MessageError` and 500 for any other error, both empty, because the sender may
 * be anybody. Log errors: the answer does not say what is wrong.
 *
 * WeChat waits 5 seconds and sends the message up to three times, and then tells the follower that the account is out of
 * service (该公众号提供的服务出现故障); so answer first, do long work afterwards, and send its result with `sendMedia`.
 *
 * @param mp - the client that read the message
 * @param outcome - `{ reply }`, `{ echostr }` or `{ error }`; without it, the message was taken
 * @returns a web Response
 * @throws TypeError if `reply` is not XML, or `outcome` has more than one of them
 * @see https://developers.weixin.qq.com/doc/service/guide/product/message/Passive_user_reply_message.html
 *
 * @example
 * ```ts
 * import { createMpClient } from "@wechat-edge/core";
 * import { answerMessage } from "@wechat-edge/core/mp-messages";
 * import { credentials } from "@wechat-edge/emulator";
 *
 * const mp = createMpClient({ ...credentials.mp, messageToken: "aRandomToken1" });
 * const taken = await answerMessage(mp);
 * console.log(taken.status, await taken.text()); // 200 success
 * const failed = await answerMessage(mp, { error: new Error("The database is down.") });
 * console.log(failed.status); // 500
 * ```
 */
export async function answerMessage(
  mp: MpClient,
  outcome: MessageOutcome = {},
): Promise<WebResponse> {
  const { status, headers, body } = await answerOf("answerMessage", mp, outcome);
  return new Response(body, { status, headers });
}

/** Not HTML: an echostr is shown by no browser as a page. */
const TEXT = { "content-type": "text/plain; charset=utf-8" };

function checkOutcome(what: string, outcome: MessageOutcome): void {
  checkOptions(what, outcome, { reply: "text", echostr: "text", error: true });
  const { reply, echostr } = outcome;
  if ([reply !== undefined, echostr !== undefined, "error" in outcome].filter(Boolean).length > 1) {
    throw new TypeError("A message has one answer: pass reply, echostr or error, not two of them.");
  }
  if (reply !== undefined && parseXml(reply)?.name !== "xml") {
    throw new TypeError(
      `reply must be the <xml> of a passive reply, such as mediaReplyXml of @wechat-edge/mp-media makes, not ${given(reply)}. WeChat shows the follower that the account is out of service for anything else.`,
    );
  }
}

async function sealed(secrets: EnvelopeSecrets, message: string, now: number): Promise<string> {
  const timestamp = String(Math.floor(now / 1000));
  const nonce = encodeHex(crypto.getRandomValues(new Uint8Array(8)));
  const { encrypt, signature } = await sealEnvelope(secrets, { message, timestamp, nonce });
  return `<xml><Encrypt><![CDATA[${encrypt}]]></Encrypt><MsgSignature><![CDATA[${signature}]]></MsgSignature><TimeStamp>${timestamp}</TimeStamp><Nonce><![CDATA[${nonce}]]></Nonce></xml>`;
}
