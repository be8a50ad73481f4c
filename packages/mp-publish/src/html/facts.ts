import type { HtmlFacts, HtmlTag } from "./html-facts.ts";
import type { ScanHtml } from "./listener.ts";
import { createPictureFinder } from "./picture-finder.ts";

/** Raw text elements that a reader sees. */
const VISIBLE = ["plaintext", "textarea", "xmp"];

/** Collects what the rules of articles need. */
export function htmlFacts(html: string, scan: ScanHtml): HtmlFacts {
  const text: string[] = [];
  const tags: HtmlTag[] = [];
  const finder = createPictureFinder(html);
  scan(html, {
    onText(piece, inside) {
      if (inside === undefined || VISIBLE.includes(inside)) text.push(piece);
    },
    onTag(tag) {
      const attributes = new Map([...tag.attributes].map(([name, { value }]) => [name, value]));
      tags.push({ name: tag.name, attributes, start: tag.start });
      finder.read(tag);
    },
  });
  const shown = finder.pictures().filter(({ hidden }) => hidden !== true);
  return { text: text.join(""), tags, pictures: [...new Set(shown.map(({ url }) => url))] };
}
