import { attributeOf, type HtmlTag } from "./html-tags.ts";

const VID = /^wxv_[0-9]+$/;

/** The video of a frame: data-mpvid, or `mpvid` or `vid` in the address, as on live pages. */
export function vidOf(tag: HtmlTag): string | undefined {
  const address = attributeOf(tag, "data-src") ?? attributeOf(tag, "src") ?? "";
  const query = address.slice(address.indexOf("?") + 1);
  const parameters = new URLSearchParams(query);
  const given = [attributeOf(tag, "data-mpvid"), parameters.get("mpvid"), parameters.get("vid")];
  return given.find((vid) => vid !== undefined && vid !== null && VID.test(vid)) ?? undefined;
}
