import type { SeededAccount } from "../account.ts";
import { type MpError, mpError } from "../error.ts";
import type { MpExchange } from "../exchange.ts";
import type { JsonObject } from "../json-body.ts";
import type { MediaType } from "../media/limits.ts";

/** Documented: each msgtype with the types of its media_ids. */
const MEDIA_FIELDS: Readonly<Record<string, Readonly<Record<string, readonly MediaType[]>>>> = {
  text: {},
  image: { media_id: ["image"] },
  voice: { media_id: ["voice"] },
  video: { media_id: ["video"], thumb_media_id: ["thumb", "image"] },
  music: { thumb_media_id: ["thumb", "image"] },
  news: {},
  mpnews: {},
  mpnewsarticle: {},
  msgmenu: {},
  wxcard: {},
  // Named by the page without its fields, which are those of a mini program's.
  link: {},
  miniprogrampage: { thumb_media_id: ["thumb", "image"] },
};

/** Real ones have 28 characters; their owner is not checked (assumed). */
export const OPENID: RegExp = /^[A-Za-z0-9_-]{6,64}$/;

function checkMediaFields(
  { mp }: MpExchange,
  appid: string,
  msgtype: string,
  content: JsonObject,
): MpError | undefined {
  for (const [field, types] of Object.entries(MEDIA_FIELDS[msgtype] ?? {})) {
    const mediaId = content[field];
    // Documented: the thumb of a video is optional.
    if (mediaId === undefined && msgtype === "video" && field === "thumb_media_id") continue;
    if (mediaId === undefined || mediaId === "") return mpError(41006);
    const found = typeof mediaId === "string" ? mp.media.find(appid, mediaId) : undefined;
    if (found === undefined || !types.includes(found.type)) return mpError(40007);
  }
  return undefined;
}

/**
 * Answers `POST /cgi-bin/message/custom/send`. Accepts temporary and permanent media_ids. Does not
 * check the 48 hours after a follower's last message.
 */
export function answerSendMessage(
  exchange: MpExchange,
  { appid }: SeededAccount,
  json: JsonObject,
): object | MpError {
  const { touser, msgtype } = json;
  if (typeof touser !== "string" || !OPENID.test(touser)) return mpError(40003);
  if (typeof msgtype !== "string" || !Object.hasOwn(MEDIA_FIELDS, msgtype)) return mpError(40008);
  const content = json[msgtype];
  if (typeof content !== "object" || content === null) return mpError(41011);
  if (msgtype === "text" && !(content as JsonObject)["content"]) return mpError(44004);
  if (msgtype === "mpnews") {
    const { media_id } = content as JsonObject;
    if (media_id === undefined || media_id === "") return mpError(41006);
    // Reported: an article_id is for mpnewsarticle.
    const isArticle =
      typeof media_id === "string" && exchange.mp.publications.published(appid, media_id);
    if (isArticle) return mpError(40007);
  }
  const refused = checkMediaFields(exchange, appid, msgtype, content as JsonObject);
  if (refused) return refused;
  exchange.mp.messages.add({ appid, touser, msgtype, body: json });
  return { errcode: 0, errmsg: "ok" };
}
