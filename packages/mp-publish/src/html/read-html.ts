import { checkText } from "@wechat-edge/core/internal/upload";
import { htmlFacts } from "./facts.ts";
import { scanHtml } from "./full-scanner.ts";
import type { HtmlFacts } from "./html-facts.ts";

/**
 * Reads the HTML of an article for {@link checkArticle}, with a full parser (htmlparser2).
 *
 * @param html - the article's `content`
 * @returns the text without scripts, styles and comments; the start tags in order; the addresses of the pictures
 * @throws TypeError if `html` is not a string
 *
 * @example
 * ```ts
 * import { checkArticle } from "@wechat-edge/mp-publish";
 * import { readHtml } from "@wechat-edge/mp-publish/html";
 *
 * const content = "<p>街</p><img src=https://example.com/a.png>";
 * const article = { thumb_media_id: "cover", title: "灯笼街", digest: "街", content };
 * const [finding] = checkArticle(article, { target: "draft", readHtml });
 * console.log(finding?.rule); // image-foreign
 * ```
 */
export function readHtml(html: string): HtmlFacts {
  checkText("html", html);
  return htmlFacts(html, scanHtml);
}
