import { shown } from "@wechat-edge/core/internal/upload";
import type { HtmlFacts } from "../../html/html-facts.ts";
import type { CountCharacters } from "../count.ts";
import type { AddFinding } from "../finding.ts";
import { MAX_PICTURES, PICTURE_MESSAGE_CHARACTERS } from "../limits.ts";
import { counted, shortened } from "./listed.ts";
import type { AnyArticle } from "./texts.ts";

/** Fields of 图文消息 that 图片消息 does not have. */
const NEWS_FIELDS = [
  "thumb_media_id",
  "author",
  "digest",
  "content_source_url",
  "show_cover_pic",
  "pic_crop_235_1",
  "pic_crop_1_1",
];

/** Checks a picture message (图片消息): plain text and 1 to 20 pictures. */
export function checkPictureMessage(
  article: AnyArticle,
  content: string,
  { tags }: HtmlFacts,
  count: CountCharacters,
  add: AddFinding,
): void {
  checkPictureList(article, add);
  // Some elements of WeChat's own are allowed; its document names only products.
  const html = tags.filter(({ name }) => !name.startsWith("mp-"));
  const end = /<\/(?!mp-)[a-z][^<>]*>/i.exec(content)?.[0];
  if (html.length > 0) {
    add(
      "error",
      "picture-content",
      "content",
      `The content of a picture message is plain text; this one has <${html[0]?.name}> (HTML, ${counted(html)}).`,
      'Write it without tags, or leave article_type: "newspic" out.',
    );
  } else if (end !== undefined) {
    const message = `The content of a picture message is plain text; this one has ${shortened(end)}.`;
    add("error", "picture-content", "content", message, "Write it without tags.");
  }
  const length = count(content);
  if (length > PICTURE_MESSAGE_CHARACTERS) {
    const message = `content has ${length} characters; a picture message may have at most ${PICTURE_MESSAGE_CHARACTERS}.`;
    add("error", "content-length", "content", message, "Shorten it.");
  }
  for (const field of NEWS_FIELDS) {
    if (article[field] === undefined || article[field] === "") continue;
    const message = `A picture message has no ${field}; its first picture is the cover.`;
    add("info", "picture-field", field, message, "Leave it out.");
  }
}

function checkPictureList({ image_info }: AnyArticle, add: AddFinding): void {
  const list = (image_info as { image_list?: unknown } | null | undefined)?.image_list;
  const length = Array.isArray(list) ? list.length : 0;
  const path = "image_info.image_list";
  if (length < 1 || length > MAX_PICTURES) {
    add(
      "error",
      "picture-count",
      path,
      `A picture message must have 1 to ${MAX_PICTURES} pictures, not ${length}.`,
      "Add or remove pictures.",
    );
  }
  if (!Array.isArray(list)) return;
  const seen = new Map<string, number>();
  for (const [index, picture] of list.entries()) {
    const id: unknown = (picture as { image_media_id?: unknown } | null)?.image_media_id;
    const field = `${path}[${index}].image_media_id`;
    if (typeof id !== "string" || id.trim() === "") {
      const message = `${field} must be the media_id of a picture, not ${shown(id)}.`;
      add("error", "picture-id", field, message, "Upload the picture with addMaterial.");
    } else seen.set(id, (seen.get(id) ?? 0) + 1);
  }
  const times = Math.max(0, ...seen.values());
  if (times < 2) return;
  const message = `The message has the same picture ${times} times (${seen.size} different in all).`;
  add("warning", "picture-repeated", path, message, "Remove it, unless it is meant.");
}
