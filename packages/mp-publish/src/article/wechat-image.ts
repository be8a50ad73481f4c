const OWN = /^(?:https?:)?\/\/(?:[\w-]+\.)*q(?:pic|logo)\.cn\//i;

/**
 * Whether an address is one of WeChat's picture hosts (mmbiz.qpic.cn, formerly mmbiz.qlogo.cn), as
 * `uploadArticleImage` gives them: an article keeps these pictures and loses all others.
 *
 * Follows 新增草稿 (`content`). Whose picture it is cannot be told from its address.
 *
 * @example
 * ```ts
 * console.log(isWechatImage("http://mmbiz.qpic.cn/mmbiz/gL017UPS6FS2/0")); // true
 * console.log(isWechatImage("https://example.com/mmbiz.qpic.cn/a.png")); // false
 * ```
 */
export function isWechatImage(url: string): boolean {
  return OWN.test(url);
}
