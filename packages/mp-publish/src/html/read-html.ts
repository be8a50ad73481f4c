import { checkText } from "@wechat-edge/core/internal/upload";
import { htmlFacts } from "./facts.ts";
import { scanHtml } from "./full-scanner.ts";
import type { HtmlFacts } from "./html-facts.ts";

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
  checkText("html", html);
  return htmlFacts(html, scanHtml);
}
