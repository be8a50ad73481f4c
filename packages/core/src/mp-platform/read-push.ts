import { given } from "../given.ts";
import { MAX_BODY_BYTES, readIncomingBody } from "../http/incoming-body.ts";
import { mpParts } from "../mp/client.ts";
import { isToken } from "../mp/tokens/issue.ts";
import { decodeEncodingAesKey } from "../mp-messages/encoding-aes-key.ts";
import { openEnvelope } from "../mp-messages/envelope.ts";
import { readFields } from "../mp-messages/fields.ts";
import { checkAge, MAX_AGE_MS } from "../mp-messages/freshness.ts";
import { type MessageRequest, queryOf } from "../mp-messages/incoming.ts";
import { MessageError } from "../mp-messages/message-error.ts";
import { required } from "../mp-messages/signed-query.ts";
import { checkOptions, DURATION, type OptionKinds } from "../options.ts";
import { type MpPlatform, platformParts } from "./platform.ts";

/** What WeChat pushes to the address for authorization events, with the field names of the wire. */
export interface PlatformPush {
  /** AppID of the platform. */
  readonly AppId: string;
  /** Unix seconds. */
  readonly CreateTime: number;
  /**
   * `component_verify_ticket`; `authorized`, `updateauthorized` or `unauthorized` when an account has changed its
   * authorization; others exist.
   */
  readonly InfoType: string;
  /** The ticket, which the platform has kept. */
  readonly ComponentVerifyTicket?: string;
  /** AppID of the account that has changed its authorization. */
  readonly AuthorizerAppid?: string;
  /** For {@link queryAuth}, which takes the account's new tokens. */
  readonly AuthorizationCode?: string;
  /** When the code expires. */
  readonly AuthorizationCodeExpiredTime?: string;
  readonly PreAuthCode?: string;
  /** Fields of other pushes. */
  readonly [field: string]: unknown;
}

/** Options of {@link readPlatformPush}. */
export interface PlatformPushOptions {
  /** How many milliseconds ago a push may have been signed; 300,000 by default, `Infinity` for any time. */
  readonly maxAge?: number | undefined;
}

const PUSH_OPTIONS: OptionKinds<PlatformPushOptions> = { maxAge: DURATION };

/**
 * Reads what WeChat pushes to a platform's address for authorization events (授权事件接收配置): verifies and decrypts it,
 * and keeps a component_verify_ticket. Answer `success` as plain text, whatever the push is, or WeChat counts it as lost.
 *
 * A push may come twice, and somebody may send an old one again: a ticket older than the one that is kept changes
 * nothing, and so should an `unauthorized` older than the authorization that you know.
 *
 * @throws MessageError if WeChat did not send it to this platform: answer 403
 * @throws TypeError if the platform has no messageToken and encodingAESKey, or for anything but a request
 * @see https://developers.weixin.qq.com/doc/oplatform/Third-party_Platforms/2.0/api/Before_Develop/component_verify_ticket.html
 * @see https://developers.weixin.qq.com/doc/oplatform/Third-party_Platforms/2.0/api/Before_Develop/authorize_event.html
 *
 * @example
 * ```ts
 * import { createMpPlatform, queryAuth, readPlatformPush } from "@wechat-edge/core/mp-platform";
 * import { createEmulator, credentials } from "@wechat-edge/emulator";
 *
 * const { fetch, control } = createEmulator();
 * const platform = createMpPlatform({ ...credentials.platform, tokenStore: new Map(), fetch });
 *
 * const receive = async (request: Request): Promise<Response> => {
 *   const push = await readPlatformPush(platform, request);
 *   if (push.AuthorizationCode !== undefined) await queryAuth(platform, push.AuthorizationCode);
 *   return new Response("success");
 * };
 *
 * control.mpPlatforms.pushTo({ to: receive });
 * await control.mpPlatforms.deliver(); // a ticket
 * const authorized = control.mpPlatforms.authorize(credentials.mp.appid);
 * console.log((await control.mpPlatforms.push(authorized)).state); // delivered
 * ```
 */
export async function readPlatformPush(
  platform: MpPlatform,
  request: MessageRequest,
  options: PlatformPushOptions = {},
): Promise<PlatformPush> {
  checkOptions("readPlatformPush", options, PUSH_OPTIONS);
  const { component, tickets } = platformParts(platform);
  const { transport, messages } = mpParts(component);
  const { token, keys, appid } = messages();
  if (token === undefined || keys.length === 0) {
    throw new TypeError(
      "Pushes are signed with the Token and encrypted with the key of the platform, which this one does not have. Pass messageToken and encodingAESKey to createMpPlatform.",
    );
  }
  const query = queryOf("readPlatformPush", request);
  const body = await readIncomingBody(request, READER);
  const signature = required(query, "msg_signature");
  const timestamp = required(query, "timestamp");
  const nonce = required(query, "nonce");
  const { Encrypt: encrypt } = readFields(body);
  if (typeof encrypt !== "string") {
    throw new MessageError(
      "The push is not encrypted, and those of WeChat to a platform always are: it is not from WeChat.",
      { reason: "not-encrypted" },
    );
  }
  const secrets = { token, keys: keys.map(decodeEncodingAesKey), appid };
  const plain = await openEnvelope(secrets, { signature, timestamp, nonce, encrypt });
  checkAge(timestamp, transport.now(), options.maxAge ?? MAX_AGE_MS);
  const push = readFields(plain);
  const { InfoType, CreateTime, ComponentVerifyTicket: value } = push;
  if (typeof InfoType !== "string") {
    throw new MessageError(
      "The push has no InfoType. Messages to an account that has authorized the platform go to another address (消息与事件接收配置), and readMessage reads them.",
      { reason: "malformed" },
    );
  }
  if (InfoType === "component_verify_ticket" && isToken(value)) {
    const since = typeof CreateTime === "number" ? CreateTime : Number(timestamp);
    await tickets.keep({ value, since: since * 1000 });
  }
  return push as PlatformPush;
}

const READER = {
  name: "readPlatformPush",
  shape: "{ url, body }",
  tooLarge: () =>
    new MessageError(
      `The body of the request has more than ${MAX_BODY_BYTES} bytes. Pushes of WeChat are far smaller, so it is something else.`,
      { reason: "too-large" },
    ),
  notRaw: (body: unknown) =>
    new TypeError(
      `body must be the raw bytes or the raw text of the push, not ${given(body)}. In Express, use express.text({ type: "*/*" }) for this route.`,
    ),
};
