import { checkText } from "@wechat-edge/core/internal/upload";
import { firstCodePoints } from "./count.ts";
import { ARTICLE_LIMITS, type ArticleTarget, checkTarget } from "./limits.ts";

/**
 * Returns what WeChat shows as the digest if the article has none: the first 64 characters of its text in the publish
 * library, the first 54 in a draft.
 *
 * Follows 媒体API文档 (`digest`) and 新增草稿. Assumed: characters are code points, and a run of white space counts once.
 *
 * @param text - the article's text without tags
 * @throws TypeError if `text` is not a string, or for another `target`
 *
 * @example
 * ```ts
 * import { autoDigest } from "@wechat-edge/mp-publish";
 *
 * const text = "灯笼街的石板是湿的。".repeat(9);
 * console.log(autoDigest(text, "draft").length); // 54
 * ```
 */
export function autoDigest(text: string, target: ArticleTarget): string {
  checkText("text", text);
  checkTarget(target);
  // A large text is not read to its end.
  const start = text.trim().slice(0, 10_000).replace(/\s+/g, " ");
  return firstCodePoints(start, ARTICLE_LIMITS[target].autoDigest);
}
