const OWN = /^(?:https?:)?\/\/(?:[\w-]+\.)*q(?:pic|logo)\.cn\//i;

/**
 * Returns whether an address is on WeChat's picture hosts (mmbiz.qpic.cn, formerly mmbiz.qlogo.cn), as those of
 * `uploadArticleImage` are. WeChat removes all other pictures from an article.
 *
 * Follows 新增草稿 (`content`). The address does not show which account uploaded the picture.
 *
 * @example
 * ```ts
 * import { isWechatImage } from "@wechat-edge/mp-publish";
 *
 * console.log(isWechatImage("http://mmbiz.qpic.cn/mmbiz/gL017UPS6FS2/0")); // true
 * console.log(isWechatImage("https://example.com/mmbiz.qpic.cn/a.png")); // false
 * ```
 */
export function isWechatImage(url: string): boolean {
  return OWN.test(url);
}
