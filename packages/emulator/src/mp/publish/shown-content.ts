import { html, type Markup } from "../../html/html.ts";
import { pictureId } from "../media/picture-id.ts";
import type { MpState } from "../state.ts";
import type { Article } from "./article.ts";
import { applyEdits, type HtmlEdit } from "./html-edits.ts";
import type { HtmlTag } from "./html-reader.ts";
import { attributeOf, htmlTags } from "./html-tags.ts";
import { vidOf } from "./video-frame.ts";

/** The path where the emulator serves a picture with this address. */
export const served = (address: string): string => {
  const id = pictureId(address);
  return id === undefined ? address : `/mmbiz/${id}/0`;
};

const CARD_ATTRIBUTES = ["data-miniprogram-imageurl", "data-progarm-imageurl"];

/** WeChat's script shows the address in data-src; pages here run no script, so it goes into src. */
function pictureEdits(tag: HtmlTag): HtmlEdit[] {
  const address = attributeOf(tag, "data-src") ?? attributeOf(tag, "src");
  if (address === undefined) return [];
  const old = tag.attributes.filter(({ name }) => name === "src");
  // Before the first attribute: the name may be "image", which browsers read as "img".
  const at = tag.attributes[0]?.start ?? tag.end;
  return [
    { start: at, end: at, text: String(html` src="${served(address)}"`) },
    ...old.map(({ start, end }) => ({ start, end, text: "" })),
  ];
}

/** Replaces a video frame by the title and id of the video. */
function videoEdit(mp: MpState, appid: string, tag: HtmlTag): HtmlEdit {
  const { start, end } = tag;
  if (tag.closes) return { start, end, text: "" };
  const vid = vidOf(tag) ?? "";
  const video = mp.videos.find(appid, vid);
  const added = mp.media.library(appid).find((each) => each.vid !== undefined && each.vid === vid);
  const filename = video?.filename ?? added?.filename;
  const title = video?.saved.at(-1)?.details.title ?? added?.title ?? filename ?? "视频";
  const about = [filename, vid].filter(Boolean).join(" · ");
  const text = html`<span class="video"><b>${title}</b> <span>${about}</span></span>`;
  return { start, end, text: String(text) };
}

/** Adds the picture of a mini program card, as WeChat's script does. */
function cardEdits(tag: HtmlTag): HtmlEdit[] {
  const picture = CARD_ATTRIBUTES.map((name) => attributeOf(tag, name)).find(Boolean);
  if (picture === undefined) return [];
  const text = String(html`<img alt="" src="${served(picture)}">`);
  return [{ start: tag.end, end: tag.end, text }];
}

function shownEdits(mp: MpState, appid: string, tag: HtmlTag): HtmlEdit[] {
  if (tag.name === "iframe") return [videoEdit(mp, appid, tag)];
  if (tag.closes) return [];
  if (tag.name === "img") return pictureEdits(tag);
  return tag.name.endsWith("-miniprogram") ? cardEdits(tag) : [];
}

/** The stored content, with pictures and videos from the emulator. */
export function shownContent(mp: MpState, appid: string, content: string): string {
  const edits = htmlTags(content).flatMap((tag) => shownEdits(mp, appid, tag));
  return applyEdits(content, edits).replace(
    /(?:https?:)?\/\/mmbiz\.q(?:pic|logo)\.cn\/(?:sz_)?mmbiz(?:_[a-z]+)?\/[A-Za-z0-9_-]+\/[^\s"'()<>?&]*/g,
    served,
  );
}

/** The pictures of a picture message, and under them its text. */
export function shownPictures(
  { media }: MpState,
  appid: string,
  { image_info, content }: Article,
): Markup {
  const pictures = (image_info?.image_list ?? []).map(({ image_media_id }) => {
    const url = media.find(appid, image_media_id)?.url;
    return url === undefined
      ? html`<p class="gone">图片已删除</p>\n`
      : html`<img alt="" src="${served(url)}">\n`;
  });
  return html`<div class="pictures">\n${pictures}</div>\n<p class="text">${content}</p>`;
}
