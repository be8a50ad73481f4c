import { html } from "../../html/html.ts";
import type { MpMediaStore } from "../media/store.ts";
import type { HtmlEdit } from "./html-edits.ts";
import type { HtmlAttribute, HtmlTag } from "./html-reader.ts";
import { attributeOf } from "./html-tags.ts";

/** The address of a picture in a tag, and the edit that removes it. */
export interface PictureAddress extends HtmlEdit {
  attribute: string;
  address: string;
}

/**
 * The end of the style closes what is open, as in browsers. Without quotes, an address has no parenthesis and is not
 * empty: each part begins with another character than the one before it ends with, and the search takes linear time.
 */
const CSS_URL = /url\(\s*(?:"([^"]*)(?:"|$)|'([^']*)(?:'|$)|([^()"'\s]+))\s*(?:\)|$)/gi;
/** The attributes that name a picture, by element: HTML's, and those of drawings. */
const IMG = ["data-src", "src", "srcset", "data-srcset"];
const HREF = ["href", "xlink:href"];
const ADDRESS_ATTRIBUTES: ReadonlyMap<string, readonly string[]> = new Map([
  ["img", IMG],
  ["image", [...IMG, ...HREF]],
  ["feimage", HREF],
  ["source", ["srcset", "data-srcset"]],
  ...["body", "table", "thead", "tbody", "tfoot", "tr", "td", "th"].map(
    (name): [string, readonly string[]] => [name, ["background"]],
  ),
]);

const addressesOfSet = (value: string): string[] =>
  value.split(/,\s+|,$/).map((candidate) => candidate.trim().split(/\s/)[0] ?? "");

function inStyle({ value, start, end }: HtmlAttribute, is: (address: string) => boolean) {
  const found: string[] = [];
  const left = value.replace(CSS_URL, (all, double, single, bare) => {
    const address = String(double ?? single ?? bare);
    if (!is(address)) return all;
    found.push(address);
    return "none";
  });
  const text = String(html` style="${left}"`);
  return found.map((address) => ({ attribute: "style", address, start, end, text }));
}

/** The addresses of pictures in a tag for which `is` returns true. */
function addressesIn(tag: HtmlTag, is: (address: string) => boolean): PictureAddress[] {
  const hasDataSrc = (attributeOf(tag, "data-src") ?? "").trim() !== "";
  return tag.attributes.flatMap((attribute) => {
    const { name, value, start, end } = attribute;
    if (name === "style") return inStyle(attribute, is);
    if (ADDRESS_ATTRIBUTES.get(tag.name)?.includes(name) !== true) return [];
    // WeChat's script puts data-src in its place.
    if (name === "src" && hasDataSrc) return [];
    const addresses = name.endsWith("srcset") ? addressesOfSet(value) : [value.trim()];
    return addresses
      .filter((address) => address !== "" && is(address))
      .map((address) => ({ attribute: name, address, start, end, text: "" }));
  });
}

/** The addresses of pictures that this account has uploaded neither for articles nor to its library. */
export const foreignAddresses = (
  media: MpMediaStore,
  appid: string,
  tag: HtmlTag,
): PictureAddress[] => addressesIn(tag, (address) => media.findPicture(address)?.appid !== appid);
