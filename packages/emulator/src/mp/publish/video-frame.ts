import type { MpError } from "../error.ts";
import type { ContentWork } from "./content-work.ts";
import type { HtmlTag } from "./html-reader.ts";
import { attributeOf } from "./html-tags.ts";
import { refusal } from "./refusals.ts";

/** `wxv_` of a video uploaded in blocks, `apiv_` of one uploaded by add_material (reported). */
const VID = /^(?:wxv|apiv)_\w+$/;
/** Hosts of the frames that published articles have: 腾讯视频, and WeChat's own. */
const HOSTS = new Set(["mp.weixin.qq.com", "v.qq.com"]);

const addressIn = (tag: HtmlTag): string =>
  (attributeOf(tag, "data-src") || attributeOf(tag, "src") || "")
    .trim()
    .replace(/^\/\//, "https://");

/** The video of a frame: data-mpvid or data-vid, or `mpvid` or `vid` in the address, as on live pages. */
export function vidOf(tag: HtmlTag): string | undefined {
  const address = addressIn(tag);
  const query = address.slice(address.indexOf("?") + 1);
  const parameters = new URLSearchParams(query);
  const given = [
    attributeOf(tag, "data-mpvid"),
    attributeOf(tag, "data-vid"),
    parameters.get("mpvid"),
    parameters.get("vid"),
  ];
  return given.find((vid) => vid !== undefined && vid !== null && VID.test(vid)) ?? undefined;
}

/**
 * Whether a frame is removed. Documented: only approved videos of the account. That other frames are removed is
 * reported, that those of 腾讯视频 and of WeChat stay is assumed from published articles, and so is that videos of
 * add_material need no approval. Whether drafts keep videos is contradicted.
 */
export function takeFrame(work: ContentWork, tag: HtmlTag): MpError | boolean {
  const { exchange, account, kind, warnings } = work;
  const vid = vidOf(tag);
  if (vid === undefined) {
    if (exchange.mp.options.unsupportedHtml === "keep") return false;
    const address = addressIn(tag);
    if (URL.canParse(address) && HOSTS.has(new URL(address).hostname)) return false;
    warnings.push("removed an iframe without a vid");
    return true;
  }
  const { videos, media, options } = exchange.mp;
  const isOwn = vid.startsWith("apiv_")
    ? media.library(account.appid).some((each) => each.vid === vid)
    : videos.isApproved(account.appid, vid);
  if (!isOwn) return refusal("video");
  if (kind === "news" || options.draftVideos !== "drop") return false;
  warnings.push(`removed a video: drafts do not keep ${vid}`);
  return true;
}
