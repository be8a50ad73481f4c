import type { MpError } from "../error.ts";
import type { MpExchange } from "../exchange.ts";
import type { JsonObject } from "../json-body.ts";
import type { Article } from "./article.ts";
import { applyEdits } from "./html-edits.ts";
import { htmlTags } from "./html-tags.ts";
import { countLetters } from "./letters.ts";
import { isOwnPicture } from "./own-picture.ts";
import { type PublishRefusal, refusal } from "./refusals.ts";

/** Documented in 新增草稿. */
const MAX_PICTURES = 20;
/** Reported: 1000 characters are taken, 1001 are not. */
const MAX_LETTERS = 1000;
/** Elements that begin or end a line. */
const LINE = /^(?:p|br|div|section|li|h[1-6]|tr|blockquote)$/;

/** The pictures of a picture message (图片消息, newspic). The errors are assumed. */
export function readPictures(
  exchange: MpExchange,
  appid: string,
  json: JsonObject,
): Pick<Article, "article_type" | "image_info"> | PublishRefusal {
  const { image_list: list } = (json["image_info"] ?? {}) as { image_list?: unknown };
  if (!Array.isArray(list) || list.length === 0 || list.length > MAX_PICTURES) return "badPictures";
  const image_list = list.map((each: { image_media_id?: unknown } | null) => ({
    image_media_id: String(each?.image_media_id),
  }));
  const isOwn = image_list.every(({ image_media_id: id }) => isOwnPicture(exchange, appid, id));
  return isOwn ? { article_type: "newspic", image_info: { image_list } } : "badThumb";
}

/**
 * The text of a picture message: plain text, with some tags of WeChat's (documented). Reported: what is longer than 1000
 * characters, its tags included, is refused. What becomes of tags in a shorter one is assumed.
 */
export function takePictureText(
  { mp }: MpExchange,
  text: string,
): { content: string; warnings: string[] } | MpError {
  if (countLetters(text) > MAX_LETTERS) return refusal("longPictureText");
  const tags = htmlTags(text).filter(({ name }) => !name.startsWith("mp-"));
  if (tags.length === 0) return { content: text, warnings: [] };
  if (mp.options.newspicHtml === "refuse") return refusal("pictureHtml");
  const plain = applyEdits(
    text,
    tags.map(({ name, closes, start, end }) => ({
      start,
      end,
      text: LINE.test(name) && (closes || name === "br") ? "\n" : "",
    })),
  ).trim();
  if (plain === "") return refusal("noContent");
  const warnings = ["removed the HTML of a picture message, whose text is plain"];
  return { content: plain, warnings };
}
