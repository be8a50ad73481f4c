import { type HtmlTag, readHtml } from "./html-reader.ts";

/** The tags of a text in order, without those that HTML implies. */
export function htmlTags(html: string): HtmlTag[] {
  const tags: HtmlTag[] = [];
  readHtml(html, { onTag: (tag) => void tags.push(tag) });
  return tags;
}

/** The value of an attribute, or undefined. */
export const attributeOf = ({ attributes }: HtmlTag, name: string): string | undefined =>
  attributes.find((attribute) => attribute.name === name)?.value;
