import { checkText } from "@wechat-edge/core/internal/upload";
import { firstCodePoints } from "./count.ts";
import { ARTICLE_LIMITS, type ArticleTarget, checkTarget } from "./limits.ts";

/**
 * What WeChat makes of an empty digest: the first 64 characters of the text in the library, 54 in a draft.
 *
 * Follows 媒体API文档 (`digest`) and 新增草稿. That white space counts once, and code points are counted, is assumed.
 *
 * @param text - the article's text without tags
 *
 * @example
 * ```ts
 * console.log(autoDigest("灯笼街的石板是湿的。".repeat(9), "draft").length); // 54
 * ```
 */
export function autoDigest(text: string, target: ArticleTarget): string {
  checkText("text", text);
  checkTarget(target);
  // Enough of a large text, white space included.
  const start = text.trim().slice(0, 10_000).replace(/\s+/g, " ");
  return firstCodePoints(start, ARTICLE_LIMITS[target].autoDigest);
}
