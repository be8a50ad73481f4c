import type { HtmlFacts, HtmlTag } from "../article/html-facts.ts";
import { picturesOf } from "./pictures.ts";
import { scanHtml } from "./scan-html.ts";

/** Raw text that a reader sees all the same. */
const VISIBLE = ["plaintext", "textarea", "xmp"];

/**
 * Reads the HTML of an article for {@link checkArticle}: its text, its start tags and its pictures.
 *
 * @param html - the article's `content`
 * @returns the text without scripts, styles and comments; tags in order; the addresses that rewriteImages would ask for
 *
 * @example
 * ```ts
 * import { readHtml } from "@wechat-edge/mp-publish/html";
 *
 * const article = { thumb_media_id: "cover", title: "灯笼街", digest: "街", content: "<img src=https://example.com/a.png>" };
 * const [finding] = checkArticle(article, { target: "draft", readHtml });
 * console.log(finding.rule); // image-foreign
 * ```
 */
export function readHtml(html: string): HtmlFacts {
  const text: string[] = [];
  const tags: HtmlTag[] = [];
  const pictures = new Set<string>();
  scanHtml(html, {
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
