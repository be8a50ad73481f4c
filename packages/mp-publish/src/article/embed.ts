import { checkInput, shown } from "@wechat-edge/core/internal/upload";
import { countCodePoints } from "./count.ts";
import { CARD_TITLE_CHARACTERS } from "./limits.ts";

/**
 * Returns the HTML that shows a video in an article. The video must be in the account's material library and approved
 * ({@link waitForVideo}), or WeChat refuses the article.
 *
 * Follows 媒体API文档, 文章中添加视频: the frame is its sample, with the `&` in the address unescaped as there. Reported:
 * WeChat drops a frame that has an attribute it does not know, so none is added.
 *
 * @param vid - from {@link uploadVideoMaterial} or {@link queryVideoStatus}, such as `wxv_1084581467361148928`; that of a
 * video which `addMaterial` added begins with `apiv_`
 * @throws TypeError if `vid` has another form
 *
 * @example
 * ```ts
 * import { videoFrame } from "@wechat-edge/mp-publish";
 *
 * const frame = videoFrame("wxv_1084581467361148928");
 * console.log(frame.includes('data-mpvid="wxv_1084581467361148928"')); // true
 * ```
 */
export function videoFrame(vid: string): string {
  if (typeof vid !== "string" || !/^(?:wxv|apiv)_\w+$/.test(vid)) {
    throw new TypeError(
      `vid must be wxv_ or apiv_ followed by letters and digits, not ${shown(vid)}.`,
    );
  }
  return `<iframe class="video_iframe rich_pages" data-vidtype="2" data-mpvid="${vid}" allowfullscreen="" frameborder="0" data-src="https://mp.weixin.qq.com/mp/readtemplate?t=pages/video_player_tmpl&action=mpvideo&auto=0&mpvid=${vid}"></iframe>`;
}

/** The page of a mini-program. The names are those of WeChat's attributes after `data-miniprogram-`. */
export interface MiniProgramTarget {
  /** Of the mini-program, which must be linked to the account: `wx` followed by letters and digits. */
  readonly appid: string;
  /** Path of the page, such as `pages/index/index`. */
  readonly path: string;
}

/**
 * Returns the HTML of a card that opens a mini-program.
 *
 * Follows 媒体API文档, 小程序卡片跳转小程序. Its table says `data-miniprogram-imageurl`, its sample
 * `data-progarm-imageurl`, which is reported not to work.
 *
 * Reported: WeChat refuses a card whose picture is from `uploadArticleImage` (45166), and takes the `url` that
 * `addMaterial` returns, with its `?wx_fmt=`. `publishArticle` uploads the pictures of cards that way.
 *
 * @param input - `title`: at most 35 characters; `imageurl`: address of a picture of 1080×864 pixels
 * @throws TypeError if a part is missing or malformed; RangeError if `title` is too long
 *
 * @example
 * ```ts
 * import { miniProgramCard } from "@wechat-edge/mp-publish";
 *
 * const card = miniProgramCard({
 *   appid: "wx123123123",
 *   path: "pages/index/index",
 *   title: "茶 & 点心",
 *   imageurl: "http://mmbiz.qpic.cn/mmbiz/demo/0",
 * });
 * console.log(card.includes('data-miniprogram-title="茶 &amp; 点心"')); // true
 * ```
 */
export function miniProgramCard(
  input: MiniProgramTarget & { readonly title: string; readonly imageurl: string },
): string {
  checkInput("miniProgramCard", input, "{ appid, path, title, imageurl }");
  const length = countCodePoints(required("title", input.title));
  if (length > CARD_TITLE_CHARACTERS) {
    throw new RangeError(
      `title has ${length} characters; a mini-program card may have at most ${CARD_TITLE_CHARACTERS}.`,
    );
  }
  const attributes = `${opening(input)}${attribute("title", input.title)}${attribute("imageurl", address("imageurl", input.imageurl))}`;
  return `<mp-miniprogram${attributes}></mp-miniprogram>`;
}

/**
 * Returns the HTML of a text or a picture that opens a mini-program. The account needs no right to links for it.
 *
 * Follows 媒体API文档, 文字跳转小程序 and 图片跳转小程序. The samples there are cut off at their end.
 *
 * @param input - `text`, or `imageurl` with the address of a picture
 * @throws TypeError if a part is missing or malformed
 *
 * @example
 * ```ts
 * import { miniProgramLink } from "@wechat-edge/mp-publish";
 *
 * const link = miniProgramLink({ appid: "wx123123123", path: "pages/index", text: "点击文字跳转小程序" });
 * console.log(link.endsWith(">点击文字跳转小程序</a></p>")); // true
 * ```
 */
export function miniProgramLink(
  input: MiniProgramTarget & ({ readonly text: string } | { readonly imageurl: string }),
): string {
  checkInput("miniProgramLink", input, "{ appid, path, text or imageurl }");
  const inside =
    "text" in input
      ? escaped(required("text", input.text))
      : `<img data-src="${escaped(address("imageurl", input.imageurl))}">`;
  return `<p><a${opening(input)} href="">${inside}</a></p>`;
}

function opening({ appid, path }: MiniProgramTarget): string {
  if (typeof appid !== "string" || !/^wx[\da-z]+$/i.test(appid)) {
    throw new TypeError(`appid must be wx followed by letters or digits, not ${shown(appid)}.`);
  }
  return attribute("appid", appid) + attribute("path", required("path", path));
}

function attribute(name: string, value: string): string {
  return ` data-miniprogram-${name}="${escaped(value)}"`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] as string);
}

function required(name: string, value: unknown): string {
  if (typeof value === "string" && value.trim() !== "") return value;
  throw new TypeError(`${name} must be a string that is not empty, not ${shown(value)}.`);
}

function address(name: string, value: unknown): string {
  if (typeof value === "string" && /^https?:\/\/\S+$/.test(value)) return value;
  throw new TypeError(`${name} must be an http or https address, not ${shown(value)}.`);
}
