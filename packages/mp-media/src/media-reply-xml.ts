import { checkInput, shown } from "@wechat-edge/core/internal/upload";

/** A passive reply that holds media, under the names of the wire. */
export type MediaReply = {
  /** OpenID of the follower: `FromUserName` of his message. */
  readonly ToUserName: string;
  /** The account: `ToUserName` of his message. */
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

const BODIES = { image: "Image", voice: "Voice", video: "Video", music: "Music" } as const;
const MEDIA_FIELDS = {
  image: "MediaId",
  voice: "MediaId",
  video: "MediaId",
  music: "ThumbMediaId",
} as const;

/**
 * Writes the XML that answers a follower's message with media, in clear text mode.
 *
 * Follows 回复图片消息 and its neighbours (被动回复用户消息), where 上传下载多媒体文件 leads to.
 *
 * @param reply - the wire's fields as they are; the texts are escaped here
 * @returns the body of the reply to WeChat's POST, of type application/xml
 * @throws TypeError for another MsgType, where a field is missing, and for characters that XML cannot hold
 * @see https://developers.weixin.qq.com/doc/service/guide/product/message/Passive_user_reply_message.html
 *
 * @example
 * ```ts
 * const xml = mediaReplyXml({
 *   ToUserName: "oFollower", FromUserName: "gh_account", CreateTime: 1389793969,
 *   MsgType: "image", Image: { MediaId: "QQ9nj-7ctrqA8t3WKU3dQN24IuFV" },
 * });
 * console.log(xml.includes("<MediaId><![CDATA[QQ9nj-7ctrqA8t3WKU3dQN24IuFV]]></MediaId>")); // true
 * ```
 */
export function mediaReplyXml(reply: MediaReply): string {
  checkInput("mediaReplyXml", reply, "{ ToUserName, FromUserName, CreateTime, MsgType }");
  const { ToUserName, FromUserName, CreateTime, MsgType } = reply;
  if (!Object.hasOwn(BODIES, MsgType)) {
    throw new TypeError(
      `MsgType must be one of ${Object.keys(BODIES).join(", ")}, not ${shown(MsgType)}.`,
    );
  }
  if (!Number.isSafeInteger(CreateTime)) {
    throw new TypeError(`CreateTime must be Unix seconds, not ${shown(CreateTime)}.`);
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

/** Control characters other than tab, line feed and carriage return, and half surrogate pairs (XML 1.0, Char). */
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
