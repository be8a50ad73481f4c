import { checkInput, shown } from "@wechat-edge/core/internal/upload";

/** A passive reply with media, in WeChat's field names. */
export type MediaReply = {
  /** OpenID of the follower: the `FromUserName` of the message you answer. */
  readonly ToUserName: string;
  /** Original id of the account (`gh_…`): the `ToUserName` of the message you answer. */
  readonly FromUserName: string;
  /** Unix seconds. */
  readonly CreateTime: number;
} & (
  | { readonly MsgType: "image"; readonly Image: { readonly MediaId: string } }
  | { readonly MsgType: "voice"; readonly Voice: { readonly MediaId: string } }
  | {
      readonly MsgType: "video";
      readonly Video: {
        readonly MediaId: string;
        readonly Title?: string;
        readonly Description?: string;
      };
    }
  | {
      readonly MsgType: "music";
      readonly Music: {
        readonly Title?: string;
        readonly Description?: string;
        readonly MusicUrl?: string;
        readonly HQMusicUrl?: string;
        readonly ThumbMediaId: string;
      };
    }
);

/** Of the year 5138; milliseconds are more. */
const MAX_SECONDS = 1e11;
const BODIES = { image: "Image", voice: "Voice", video: "Video", music: "Music" } as const;
const MEDIA_FIELDS = {
  image: "MediaId",
  voice: "MediaId",
  video: "MediaId",
  music: "ThumbMediaId",
} as const;

/**
 * Returns the XML that answers a follower's message with a picture, a voice, a video or music, in plaintext mode (明文模式).
 * Send it as the body of your reply to WeChat's POST, with `Content-Type: application/xml`.
 *
 * Follows 被动回复用户消息 (回复图片消息, 回复语音消息, 回复视频消息, 回复音乐消息).
 *
 * @param reply - WeChat's fields; strings need no escaping
 * @throws TypeError if MsgType is another one, a field is missing, or a string holds characters that XML does not allow
 * @see https://developers.weixin.qq.com/doc/service/guide/product/message/Passive_user_reply_message.html
 *
 * @example
 * ```ts
 * import { mediaReplyXml } from "@wechat-edge/mp-media";
 *
 * const xml = mediaReplyXml({
 *   ToUserName: "oIx26e3b4a1c0d9f857abcdefghi", // FromUserName of the message
 *   FromUserName: "gh_0a1b2c3d4e5f", // ToUserName of the message
 *   CreateTime: Math.floor(Date.now() / 1000),
 *   MsgType: "image",
 *   Image: { MediaId: "QQ9nj-7ctrqA8t3WKU3dQN24IuFV" },
 * });
 * console.log(xml.includes("<MediaId><![CDATA[QQ9nj-7ctrqA8t3WKU3dQN24IuFV]]></MediaId>")); // true
 * ```
 */
export function mediaReplyXml(reply: MediaReply): string {
  checkInput("mediaReplyXml", reply, "{ ToUserName, FromUserName, CreateTime, MsgType }");
  const { ToUserName, FromUserName, CreateTime, MsgType } = reply;
  if (typeof MsgType !== "string" || !Object.hasOwn(BODIES, MsgType)) {
    throw new TypeError(
      `MsgType must be one of ${Object.keys(BODIES).join(", ")}, not ${shown(MsgType)}.`,
    );
  }
  if (!Number.isSafeInteger(CreateTime) || CreateTime < 1 || CreateTime > MAX_SECONDS) {
    throw new TypeError(`CreateTime must be Unix seconds, not ${shown(CreateTime)}.`);
  }
  for (const [field, value] of Object.entries({ ToUserName, FromUserName })) {
    if (value === "") throw new TypeError(`${field} must be a string that is not empty.`);
  }
  const name = BODIES[MsgType];
  const body = (reply as unknown as Record<string, Record<string, string | undefined>>)[name];
  if (typeof body !== "object" || body === null) {
    throw new TypeError(`A reply of MsgType ${MsgType} needs the field ${name}.`);
  }
  const mediaField = MEDIA_FIELDS[MsgType];
  if (!body[mediaField]) throw new TypeError(`${name} needs ${mediaField}, the media_id.`);
  const fields = Object.entries(body).map(([field, value]) =>
    value === undefined ? "" : element(field, value),
  );
  return [
    "<xml>",
    element("ToUserName", ToUserName),
    element("FromUserName", FromUserName),
    `<CreateTime>${CreateTime}</CreateTime>`,
    element("MsgType", MsgType),
    `<${name}>${fields.join("")}</${name}>`,
    "</xml>",
  ].join("");
}

/** What the production Char of XML 1.0 leaves out: most control characters, and halves of surrogate pairs. */
const NO_XML = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

function element(name: string, text: string): string {
  if (!/^[A-Za-z]+$/.test(name)) {
    throw new TypeError(`${JSON.stringify(name)} is not a valid field name in a reply.`);
  }
  if (typeof text !== "string" || NO_XML.test(text)) {
    throw new TypeError(
      `${name} must be a string without the characters that XML does not allow, not ${shown(text)}.`,
    );
  }
  return `<${name}><![CDATA[${text.replaceAll("]]>", "]]]]><![CDATA[>")}]]></${name}>`;
}
