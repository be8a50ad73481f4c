import type { HtmlFacts, HtmlTag } from "./html-facts.ts";
import type { ScanHtml } from "./listener.ts";
import { picturesOf } from "./pictures.ts";

/** Raw text elements that a reader sees. */
const VISIBLE = ["plaintext", "textarea", "xmp"];

/** Collects what the rules of articles need. */
export function htmlFacts(html: string, scan: ScanHtml): HtmlFacts {
  const text: string[] = [];
  const tags: HtmlTag[] = [];
  const pictures = new Set<string>();
  scan(html, {
    onText(piece, inside) {
      if (inside === undefined || VISIBLE.includes(inside)) text.push(piece);
    },
    onTag(tag) {
      const attributes = new Map([...tag.attributes].map(([name, { value }]) => [name, value]));
      tags.push({ name: tag.name, attributes });
      for (const { url } of picturesOf(tag, html)) pictures.add(url);
    },
  });
  return { text: text.join(""), tags, pictures: [...pictures] };
}
