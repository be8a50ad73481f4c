import { checkInput, shown } from "@wechat-edge/core/internal/upload";

/** A passive reply, in WeChat's field names. */
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
  | { readonly MsgType: "text"; readonly Content: string }
  | {
      readonly MsgType: "news";
      /** 1 to 8; one alone answers a message that the follower wrote. ArticleCount is counted. */
      readonly Articles: readonly {
        readonly Title: string;
        readonly Description?: string;
        readonly PicUrl?: string;
        readonly Url: string;
      }[];
    }
  | {
      /** Hands the conversation over to the account's 客服, or to one of them. */
      readonly MsgType: "transfer_customer_service";
      readonly TransInfo?: { readonly KfAccount: string };
    }
);

/** Of the year 5138; milliseconds are more. */
const MAX_SECONDS = 1e11;
/** The element of each MsgType, and the part of it that must not be empty. */
const BODIES = {
  image: ["Image", "MediaId"],
  voice: ["Voice", "MediaId"],
  video: ["Video", "MediaId"],
  music: ["Music", "ThumbMediaId"],
  text: ["Content"],
  news: ["Articles"],
  transfer_customer_service: ["TransInfo", "KfAccount"],
} as const;
const MAX_ARTICLES = 8;

/**
 * Returns the XML that answers a follower's message with a picture, a voice, a video, music, text, links with pictures
 * (图文消息), or by handing it over to 客服, in plaintext mode (明文模式). Send it as the body of your reply to WeChat's POST,
 * with `Content-Type: application/xml`.
 *
 * Follows 被动回复用户消息 (回复图片消息, 回复语音消息, 回复视频消息, 回复音乐消息, 回复文本消息, 回复图文消息) and
 * 将消息转发到客服.
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
  return [
    "<xml>",
    element("ToUserName", ToUserName),
    element("FromUserName", FromUserName),
    `<CreateTime>${CreateTime}</CreateTime>`,
    element("MsgType", MsgType),
    contentXml(reply),
    "</xml>",
  ].join("");
}

type Fields = Readonly<Record<string, string | undefined>>;

/** What follows the head that all replies have. */
function contentXml(reply: MediaReply): string {
  const { MsgType } = reply;
  const [name, field] = BODIES[MsgType];
  const body = (reply as unknown as Record<string, unknown>)[name];
  if (MsgType === "transfer_customer_service" && body === undefined) return "";
  const isWhole = field === undefined ? body !== undefined : typeof body === "object";
  if (!isWhole || body === null) {
    throw new TypeError(`A reply of MsgType ${MsgType} needs the field ${name}.`);
  }
  if (MsgType === "text") return element(name, body as string);
  if (MsgType === "news") return articlesXml(body);
  if (field === "KfAccount" && !(body as Fields)[field]) {
    throw new TypeError("TransInfo needs KfAccount, the account of one 客服.");
  }
  if (field !== undefined && !(body as Fields)[field]) {
    throw new TypeError(`${name} needs ${field}, the media_id.`);
  }
  return `<${name}>${fieldsXml(body as Fields)}</${name}>`;
}

function articlesXml(articles: unknown): string {
  const { length } = Array.isArray(articles) ? articles : [];
  if (length < 1 || length > MAX_ARTICLES) {
    throw new TypeError(
      `Articles must be an array of 1 to ${MAX_ARTICLES} articles, not ${Array.isArray(articles) ? `of ${length}` : shown(articles)}.`,
    );
  }
  const items = (articles as unknown[]).map((article) => {
    checkInput("mediaReplyXml", article, "articles, each { Title, Url }");
    return `<item>${fieldsXml(article as Fields)}</item>`;
  });
  return `<ArticleCount>${length}</ArticleCount><Articles>${items.join("")}</Articles>`;
}

function fieldsXml(body: Fields): string {
  return Object.entries(body)
    .map(([field, value]) => (value === undefined ? "" : element(field, value)))
    .join("");
}

/** What the production Char of XML 1.0 leaves out: most control characters, and halves of surrogate pairs. */
const NO_XML = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

function element(name: string, text: string): string {
  if (!/^[A-Za-z]+$/.test(name)) {
    throw new TypeError(`${shown(name)} is not a valid field name in a reply.`);
  }
  if (typeof text !== "string" || NO_XML.test(text)) {
    throw new TypeError(
      `${name} must be a string without the characters that XML does not allow, not ${shown(text)}.`,
    );
  }
  return `<${name}><![CDATA[${text.replaceAll("]]>", "]]]]><![CDATA[>")}]]></${name}>`;
}
