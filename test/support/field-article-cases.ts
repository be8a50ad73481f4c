import type { CheckOptions, Severity } from "@wechat-edge/mp-publish";
import { good, OWN_PICTURE } from "./article-cases.ts";

/** An article as the field sends it, and the rules that find something in it. */
export interface FieldArticle {
  readonly article: object;
  readonly options?: Partial<CheckOptions>;
  /** Severities by rule. */
  readonly found: Readonly<Record<string, Severity>>;
  /** What a message must say. */
  readonly says?: RegExp;
}

const NO_PAY = { rights: { pay: false } } as const;
const PAY = { rights: { pay: true } } as const;
const ARTICLE = "https://mp.weixin.qq.com/s/k3Jd0aLq7b_XwT-9uVnPzg";
const OLD_ARTICLE =
  "http://mp.weixin.qq.com/s?__biz=MzA3NjU0MTcyMA==&amp;mid=2649871234&amp;idx=1&amp;sn=0f1e2d3c4b5a69788796a5b4c3d2e1f0#wechat_redirect";

const CARD_PICTURE = "http://mmbiz.qpic.cn/mmbiz/card/0";

const html = (
  content: string,
  found: FieldArticle["found"] = {},
  says?: RegExp,
  options: Partial<CheckOptions> = PAY,
): FieldArticle => ({ article: { content }, found, options, ...(says && { says }) });
const link = (href: string, found: FieldArticle["found"] = {}, options?: Partial<CheckOptions>) =>
  html(`<p><a href="${href}">街</a></p>`, found, undefined, options ?? NO_PAY);
const fields = (
  article: object,
  found: FieldArticle["found"] = {},
  says?: RegExp,
): FieldArticle => ({
  article,
  found,
  ...(says && { says }),
});
const picture = (
  article: object,
  found: FieldArticle["found"] = {},
  says?: RegExp,
): FieldArticle => ({
  article: {
    article_type: "newspic",
    thumb_media_id: undefined,
    digest: undefined,
    content: "石板路上没有人。\n灯还亮着。",
    image_info: { image_list: [{ image_media_id: "a" }] },
    ...article,
  },
  found,
  ...(says && { says }),
});
const pictures = (...ids: readonly unknown[]) => ({
  image_info: { image_list: ids.map((image_media_id) => ({ image_media_id })) },
});
const crop = (value: unknown, found: FieldArticle["found"] = { crop: "error" }, says?: RegExp) =>
  fields({ pic_crop_1_1: value }, found, says);
const crops = (...crop_percent_list: readonly unknown[]) => ({ cover_info: { crop_percent_list } });
const corners = { x1: "0.1", y1: "0", x2: "0.9", y2: "1" };

/** By row of the field's table, the specimen of each first. */
export const fieldArticles: Readonly<Record<string, Readonly<Record<string, FieldArticle>>>> = {
  M2: {
    "a link to an article of any account": link(ARTICLE),
    "over http, with account, message and fragment": link(OLD_ARTICLE),
    "without a protocol": link("//mp.weixin.qq.com/s/k3Jd0aLq7b_XwT-9uVnPzg"),
    "to an album on mp.weixin.qq.com": link(
      "https://mp.weixin.qq.com/mp/appmsgalbum?__biz=MzA3NjU0MTcyMA==&amp;album_id=1",
    ),
    "to an article, escaped twice": link(OLD_ARTICLE.replaceAll("&amp;", "&amp;amp;")),
    "an anchor": link("#top"),
    "an empty href": link(""),
    "no href": html('<a name="top">街</a><a>街</a>', {}, undefined, NO_PAY),
    "a link to a mini-program": html(
      '<a data-miniprogram-appid="wx123123123" data-miniprogram-path="pages/a" href="https://example.com/">街</a>',
      {},
      undefined,
      NO_PAY,
    ),
    "a foreign address": link("https://example.com/", { "link-right": "error" }),
    "a foreign address, if nothing is said of the account": link(
      "https://example.com/",
      { "link-right": "unknown" },
      {},
    ),
    "a foreign address of an account with WeChat Pay": link("https://example.com/", {}, PAY),
    "a foreign address without a protocol": link("//example.com/", { "link-right": "error" }),
    "a host that only looks like WeChat's": link("https://mp.weixin.qq.com.example.com/s/a", {
      "link-right": "error",
    }),
    "WeChat's host as a user name": link("https://mp.weixin.qq.com@example.com/s/a", {
      "link-right": "error",
    }),
    "an <area> of a map": html(
      '<map><area href="https://example.com/"></map>',
      { "link-right": "error" },
      undefined,
      NO_PAY,
    ),
    "a link in a drawing": html(
      '<svg><a xlink:href="https://example.com/"><text>街</text></a></svg>',
      { "link-right": "error" },
      undefined,
      NO_PAY,
    ),
    "five foreign addresses, three of them named": html(
      Array.from({ length: 5 }, (_, i) => `<a href="https://example.com/${i}">街</a>`).join(""),
      { "link-right": "error" },
      /has 5 links \(https:\/\/example.com\/0, https:\/\/example.com\/1, https:\/\/example.com\/2 and 2 more\)/,
      NO_PAY,
    ),
    "a placeholder": link("https://mp.weixin.qq.com/s/xxxx", { "link-placeholder": "error" }),
    "a placeholder in words": link("https://mp.weixin.qq.com/s/your-article-id", {
      "link-placeholder": "error",
    }),
    "a placeholder in brackets": link("https://mp.weixin.qq.com/s/{id}", {
      "link-placeholder": "error",
    }),
    "a placeholder of dots": link("https://mp.weixin.qq.com/s/…", { "link-placeholder": "error" }),
    "a placeholder in a query": link("https://mp.weixin.qq.com/s?__biz=xxx&amp;mid=xxx", {
      "link-placeholder": "error",
    }),
    "no id at all": link("https://mp.weixin.qq.com/s/", { "link-placeholder": "error" }),
    "a placeholder, in an account with WeChat Pay": link(
      "https://mp.weixin.qq.com/s/xxxx",
      { "link-placeholder": "warning" },
      PAY,
    ),
    "an id that is too short": link("https://mp.weixin.qq.com/s/abc123", {
      "link-placeholder": "error",
    }),
    "a slash after the id": link(`${ARTICLE}/`),
    "the preview of a draft": link(`${ARTICLE}?tempkey=MTI`, { "link-placeholder": "error" }),
    "the preview of a draft, in an account with WeChat Pay": link(
      "https://mp.weixin.qq.com/s?__biz=MzA3NjU0MTcyMA==&amp;tempkey=MTI",
      { "link-placeholder": "error" },
      PAY,
    ),
    "an article without its signature": link(
      "https://mp.weixin.qq.com/s?__biz=MzA3NjU0MTcyMA==&amp;mid=2649871234&amp;idx=1",
      { "link-right": "unknown" },
    ),
    "an address of a search, which ends": link(
      "https://mp.weixin.qq.com/s?src=11&amp;timestamp=1&amp;signature=a",
      { "link-right": "unknown" },
    ),
    "the page of WeChat's editors": link("https://mp.weixin.qq.com/cgi-bin/home", {
      "link-right": "unknown",
    }),
    "an album without its account": link("https://mp.weixin.qq.com/mp/appmsgalbum?album_id=1", {
      "link-right": "unknown",
    }),
    "slashes of JSON": link("https:\\/\\/mp.weixin.qq.com\\/s\\/a", { "link-right": "unknown" }),
    "such a page, in an account with WeChat Pay": link("https://mp.weixin.qq.com/", {}, PAY),
    "a mail address": link("mailto:a@example.com", { "link-target": "error" }),
    "a telephone number": link("tel:10086", { "link-target": "error" }),
    "a scheme of WeChat": link("weixin://dl/business", { "link-target": "error" }),
    "a path of another site": link("/about", { "link-target": "error" }),
    "an address that lost its protocol": link("mp.weixin.qq.com/s/a", { "link-target": "error" }),
    "a mail address, in an account with WeChat Pay": link(
      "mailto:a@example.com",
      { "link-target": "warning" },
      PAY,
    ),
  },
  M5: {
    "a thumb_media_id of 64 characters": fields({
      thumb_media_id: "Q9nj-7ctrqA8t3WKU3dQN24IuFVjHxtYq_AbCdEfGhIjKlMnOpQrStUvWxYz01_a",
    }),
    "one of 43": fields({ thumb_media_id: "fh0dNaOq3liW91YzYLrmRabcdefghijklmnopqrstuv" }),
    "one of 128": fields({ thumb_media_id: "a".repeat(128) }),
    "a short one": fields({ thumb_media_id: "1" }),
    "an image_media_id of 64": picture(pictures("Q".repeat(64))),
  },
  M6: {
    "a video added by API": html(
      '<iframe class="video_iframe" data-mpvid="apiv_1084581467361148928" data-src="https://mp.weixin.qq.com/mp/readtemplate?t=pages/video_player_tmpl&mpvid=apiv_1084581467361148928"></iframe>',
      { "video-in-draft": "unknown" },
      undefined,
      { ...PAY, videos: [{ vid: "apiv_1084581467361148928", status: 3 }] },
    ),
    "one whose status is not given": html('<iframe data-mpvid="apiv_1"></iframe>', {
      "video-in-draft": "unknown",
      "video-approval": "unknown",
    }),
    "one that is refused": html(
      '<iframe data-src="https://mp.weixin.qq.com/mp/readtemplate?vid=apiv_1"></iframe>',
      { "video-in-draft": "unknown", "video-approval": "error" },
      undefined,
      { ...PAY, videos: [{ vid: "apiv_1", status: 2 }] },
    ),
    "one in the publish library, which keeps videos": html(
      '<iframe data-mpvid="wxv_1"></iframe>',
      {},
      undefined,
      { target: "publish-library", videos: [{ vid: "wxv_1", status: 3 }] },
    ),
  },
  M8: {
    "32,000 characters with tags, 15,000 without": html(
      `<p style="${"a".repeat(17_000 - 16)}">${"字".repeat(15_000)}</p>`,
      { "content-length": "error" },
      /32000 characters with its tags, 15000 without; it must have fewer than 20000/,
    ),
    "19,999 with tags": html(`<p>${"字".repeat(19_992)}</p>`),
    "20,000 with tags": html(`<p>${"字".repeat(19_993)}</p>`, { "content-length": "error" }),
    "20,000 with tags, where the text alone counts": html(
      `<p>${"字".repeat(19_993)}</p>`,
      {},
      undefined,
      { contentLength: "text" },
    ),
    "20,000 without tags, where the text alone counts": html(
      `<p>${"字".repeat(20_000)}</p>`,
      { "content-length": "error" },
      undefined,
      { contentLength: "text" },
    ),
    "20,000 in the publish library": html(
      "字".repeat(20_000),
      { "content-length": "error" },
      undefined,
      { target: "publish-library" },
    ),
    "by a counter of one's own": html(
      "🏮".repeat(10_000),
      { "content-length": "error" },
      undefined,
      { count: (text) => text.length },
    ),
    "1 MiB": html(
      `<p title="${"字".repeat(350_000)}">`,
      { "content-size": "error", "content-length": "error" },
      /1050012 bytes; WeChat allows fewer than 1048576/,
    ),
  },
  M9: {
    "data-original (jQuery lazyload)": html(
      `<img src="https://example.com/grey.gif" data-original="${OWN_PICTURE}">`,
      { "image-lazy": "warning" },
      /from data-original \(https:\/\/mmbiz/,
    ),
    "data-lazy-src beside a data: address (WordPress)": html(
      `<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" data-lazy-src="${OWN_PICTURE}">`,
      { "image-lazy": "warning" },
      /data-lazy-src/,
    ),
    "data-actualsrc (知乎)": html(
      `<img src="//zhstatic.example/whitedot.jpg" data-actualsrc="${OWN_PICTURE}">`,
      { "image-lazy": "warning" },
    ),
    "file (Discuz)": html(
      `<img src="static/image/common/none.gif" zoomfile="${OWN_PICTURE}" file="${OWN_PICTURE}">`,
      { "image-lazy": "warning" },
    ),
    "data-echo without src": html(`<img data-echo="${OWN_PICTURE}">`, { "image-lazy": "warning" }),
    "data-lazyload": html(`<img src="" data-lazyload="${OWN_PICTURE}">`, {
      "image-lazy": "warning",
    }),
    "data-srcset": html(`<img src="about:blank" data-srcset="${OWN_PICTURE} 1x">`, {
      "image-lazy": "warning",
    }),
    "an attribute of no known name, beside a placeholder": html(
      `<img src="loading.gif" data-my-picture="${OWN_PICTURE}">`,
      { "image-lazy": "warning" },
    ),
    "the twin in <noscript>": html(
      `<img src="placeholder.png"><noscript><img src="${OWN_PICTURE}"></noscript>`,
      { "image-lazy": "warning", "removed-element": "warning" },
      /from <noscript>/,
    ),
    "real_src (a blog of 新浪)": html(
      `<img src="https://example.com/1.jpg" real_src="${OWN_PICTURE}">`,
      { "image-lazy": "warning" },
      /from real_src/,
    ),
    "v-lazy (Vue)": html(`<img v-lazy="${OWN_PICTURE}">`, { "image-lazy": "warning" }),
    "data-cfsrc (Cloudflare)": html(`<img data-cfsrc="${OWN_PICTURE}" style="display:none">`, {
      "image-lazy": "warning",
    }),
    "beside a spinner": html(`<img src="/img/spinner.svg" data-picture="${OWN_PICTURE}">`, {
      "image-lazy": "warning",
    }),
    "a picture named by a letter is none": html(
      '<img src="a.png" data-x="b.png">',
      { "image-foreign": "error" },
      /removes the picture a\.png:/,
    ),
    "a background": html(`<section data-bg="${OWN_PICTURE}">街</section>`, {
      "image-lazy": "warning",
    }),
    "three of a kind, one finding": html(
      `<img src="#" data-original="${OWN_PICTURE}">`.repeat(3),
      { "image-lazy": "warning" },
      /3 times, first at character 0/,
    ),
    "a real address that is foreign is the one to upload": html(
      '<img src="data:," data-original="https://example.com/a.jpg">',
      { "image-lazy": "warning", "image-foreign": "error" },
      /removes the picture https:\/\/example.com\/a.jpg:/,
    ),
    "done: the address stands in src": html(
      `<img src="${OWN_PICTURE}" data-original="https://example.com/a.jpg">`,
    ),
    "no lazy picture: a file's name beside embedded data": html(
      '<img src="data:image/png;base64,AAAA" data-filename="photo.png" alt="a.png">',
      { "image-foreign": "error" },
    ),
  },
  M11: {
    "plain text and a picture": picture({}),
    "HTML in the content": picture(
      { content: "<p>灯笼街</p>" },
      { "picture-content": "error" },
      /plain text; this one has <p>/,
    ),
    "a line break in HTML": picture({ content: "灯笼街<br>" }, { "picture-content": "error" }),
    "an end tag alone": picture(
      { content: "灯笼街</p>" },
      { "picture-content": "error" },
      /plain text; this one has <\/p>/,
    ),
    "another element of WeChat's own, as the document allows": picture({
      content: '灯笼<mp-common-profile data-id="1"></mp-common-profile>',
    }),
    "1,001 characters beyond the BMP": picture(
      { content: "🏮".repeat(1001) },
      { "content-length": "error" },
    ),
    "article_type in other letters": fields(
      { article_type: "newsPic" },
      { "article-type": "error" },
      /must be "news" or "newspic", or be left out, not "newsPic"/,
    ),
    "article_type null": fields({ article_type: null }, { "article-type": "error" }),
    "pictures without article_type": fields(pictures("a"), { "picture-field": "warning" }),
    "to the publish library": {
      ...picture({}, { "article-type": "error" }),
      options: { target: "publish-library" },
    },
    "a sign that is no tag": picture({ content: "3 < 5 & 5 > 3" }),
    "a product, which is allowed": picture({
      content: '灯笼<mp-common-product data-pid="1"></mp-common-product>',
    }),
    "1,000 characters": picture({ content: "字".repeat(1000) }),
    "1,001 characters": picture(
      { content: "字".repeat(1001) },
      { "content-length": "error" },
      /1001 characters; a picture message may have at most 1000/,
    ),
    "no image_media_id": picture(pictures("a", ""), { "picture-id": "error" }, /image_list\[1\]/),
    "an image_media_id that is undefined": picture(pictures(undefined), { "picture-id": "error" }),
    "20 pictures": picture(pictures(...Array.from({ length: 20 }, (_, i) => `a${i}`))),
    "21 pictures": picture(pictures(...Array.from({ length: 21 }, (_, i) => `a${i}`)), {
      "picture-count": "error",
    }),
    none: picture(pictures(), { "picture-count": "error" }),
    "no image_info": picture({ image_info: undefined }, { "picture-count": "error" }),
    "the same picture twice": picture(pictures("a", "a"), { "picture-repeated": "warning" }),
    "the same picture 20 times, one finding": picture(
      pictures(...Array.from({ length: 20 }, () => "a")),
      { "picture-repeated": "warning" },
      /^The message has the same picture 20 times \(1 different in all\)\.$/,
    ),
    "a cover, which it does not have": picture(
      { thumb_media_id: "cover" },
      { "picture-field": "info" },
    ),
    "author, digest and source": picture(
      { author: "灯", digest: "街", content_source_url: "https://example.com/" },
      { "picture-field": "info" },
    ),
    "a title of 33 characters": picture({ title: "字".repeat(33) }, { "title-length": "error" }),
  },
  M12: {
    pixels: crop("0_0_383_383", { crop: "error" }, /pixels or percent.*fractions from 0 to 1/),
    "a whole crop": crop("0.1945_0_1_0.5236", {}),
    "corners that change places": crop("0.9_0_0.1_1", { crop: "error" }, /upper left/),
    "an empty crop": crop("0.5_0_0.5_1"),
    percent: crop("0_0_50%_100%"),
    "three numbers": crop("0_0_1"),
    "with commas": crop("0,0,1,1"),
    negative: crop("-0.1_0_1_1"),
    "not a string": crop(0.5),
    "seven decimals": crop("0.1234567_0_1_1", { crop: "warning" }),
    "a field that does not exist": fields({ pic_crop_16_9: "0_0_1_1" }, { crop: "warning" }),
    "2.35:1 in pixels": fields({ pic_crop_235_1: "0_0_900_383" }, { crop: "error" }),
    "a list": fields(crops({ ratio: "16_9", ...corners }, { ratio: "1_1", ...corners })),
    "a ratio that does not exist": fields(
      crops({ ratio: "4_3", ...corners }),
      { crop: "error" },
      /ratio must be one of 1_1, 16_9, 2.35_1, not "4_3"/,
    ),
    "a ratio twice": fields(crops({ ratio: "1_1", ...corners }, { ratio: "1_1", ...corners }), {
      crop: "warning",
    }),
    "a ratio with a colon": fields(
      crops({ ratio: "16:9", ...corners }),
      { crop: "error" },
      /not "16:9"/,
    ),
    "a ratio of the object's own": fields(crops({ ratio: "constructor", ...corners }), {
      crop: "error",
    }),
    "cover_info that is the list": fields(
      { cover_info: [{ ratio: "1_1", ...corners }] },
      { crop: "error" },
      /cover_info must be an object with the list crop_percent_list/,
    ),
    "cover_info as JSON": fields({ cover_info: "{}" }, { crop: "error" }),
    "cover_info without its list": fields({ cover_info: { crops: [] } }, { crop: "warning" }),
    "both ways for one ratio": fields(
      { pic_crop_1_1: "0_0_1_1", ...crops({ ratio: "1_1", ...corners }) },
      { crop: "warning" },
      /as pic_crop_1_1 does; which of the two counts is not known/,
    ),
    "both ways for two": fields({
      pic_crop_235_1: "0_0_1_1",
      ...crops({ ratio: "1_1", ...corners }),
    }),
    "no number": fields(crops({ ratio: "1_1", ...corners, x1: Number.NaN }), { crop: "error" }),
    "with blanks": crop("0_0_1_ 1"),
    "numbers in place of strings": fields(
      crops({ ratio: "1_1", x1: 0, y1: 0, x2: 1, y2: 1 }),
      { crop: "error" },
      /corners must be strings/,
    ),
    "pixels in a list": fields(crops({ ratio: "1_1", x1: "0", y1: "0", x2: "383", y2: "383" }), {
      crop: "error",
    }),
    "no corners": fields(crops({ ratio: "1_1" }), { crop: "error" }, /it needs x1, y1, x2 and y2/),
    "corners that are no texts": fields(
      crops({ ratio: "1_1", x1: Symbol("x"), y1: null, x2: Object.create(null), y2: [] }),
      { crop: "error" },
    ),
    "no list": fields({ cover_info: { crop_percent_list: "1_1" } }, { crop: "error" }),
    "entries that are none": fields(crops(null, "1_1", 5), { crop: "error" }),
    "of a picture message": picture(crops({ ratio: "9_16", ...corners }), { crop: "error" }),
    "only followers may comment, and comments are closed": fields(
      { only_fans_can_comment: 1 },
      { "comment-flags": "warning" },
    ),
    "the same, closed by a 0": fields(
      { only_fans_can_comment: 1, need_open_comment: 0 },
      { "comment-flags": "warning" },
    ),
    "both flags": fields({ only_fans_can_comment: 1, need_open_comment: 1 }),
  },
  M17: {
    "<style>": html(
      "<style>p { color: red }</style><p class=a>街</p>",
      { "removed-element": "warning" },
      /removes <style> \(once, at character 0\)/,
    ),
    "<link>": html('<link rel="stylesheet" href="a.css">', { "removed-element": "warning" }),
    "<style> in a drawing": html("<svg><style>.a{}</style></svg>", {
      "removed-element": "warning",
    }),
    "<video>": html('<video src="a.mp4"></video>', { "removed-element": "warning" }),
    "<audio> with its <source>": html(
      '<audio controls><source src="a.mp3"></audio>',
      { "removed-element": "warning" },
      /<audio>, <source> \(2 times/,
    ),
    "a frame of another site": html(
      '<iframe src="https://player.bilibili.com/player.html?bvid=BV1"></iframe>',
      { "removed-frame": "warning" },
      /player\.bilibili\.com/,
    ),
    "a frame without an address": html("<iframe></iframe>", { "removed-frame": "warning" }),
    "a frame of 腾讯视频, as in published articles": html(
      '<iframe class="video_iframe" data-src="https://v.qq.com/iframe/preview.html?vid=a"></iframe>',
    ),
    "a frame of 腾讯视频 without a protocol": html(
      '<iframe src="//v.qq.com/txp/iframe/player.html?vid=a"></iframe>',
    ),
    "a frame whose data-mpvid is none": html('<iframe data-mpvid="a"></iframe>', {
      "removed-frame": "warning",
    }),
    "a progress bar and a list of choices": html(
      "<progress value=1></progress><datalist><option>街</option></datalist>",
      { "removed-element": "warning" },
      /<progress>, <datalist>, <option> \(3 times/,
    ),
    "an element of another program": html('<amp-img src="a.png"></amp-img>', {
      "unknown-element": "unknown",
    }),
    "elements of WeChat and of drawings": html(
      "<mp-common-profile></mp-common-profile><mpvoice></mpvoice><o:p></o:p><svg><font-face/></svg>",
    ),
    "a word in a text that is no script": html('<p title="JavaScript: 入门">街</p>'),
    "a form": html(
      '<form action="/a"><input name=a><button>街</button></form>',
      { "removed-element": "warning" },
      /<form>, <input>, <button> \(3 times, first at character 0\)/,
    ),
    "a ticked box of a task list": html(
      "<ul><li><input type=checkbox disabled checked>街</li></ul>",
      {
        "removed-element": "warning",
      },
    ),
    "<object> and <embed>": html('<object data="a.swf"><embed src="a.swf"></object>', {
      "removed-element": "warning",
    }),
    "<canvas>": html("<canvas></canvas>", { "removed-element": "warning" }),
    id: html(
      '<h2 id="toc">街</h2><p id=b>',
      { "removed-id": "warning" },
      /id="toc" of <h2> \(2 times/,
    ),
    "position: fixed": html('<p style="color:red;Position : FIXED">', {
      "removed-position": "warning",
    }),
    "position: absolute": html('<p style="position:absolute;top:0">', {
      "removed-position": "warning",
    }),
    "position: relative, which stays": html(
      '<p style="position:relative;background-position:0 0">',
    ),
    "javascript:": html('<a href="javascript:void(0)">街</a>', { script: "warning" }),
    "a script in a style": html('<p style="width:expression(a())">街</p>', {
      "active-content": "warning",
    }),
    "javascript: in disguise": html('<a href=" java&#10;script:void(0)">街</a>', {
      script: "warning",
    }),
    "a gradient by its id": html(
      '<svg><defs><linearGradient id="g"></linearGradient></defs><rect fill="url(#g)"/></svg>',
      { "svg-reference": "warning", "removed-id": "warning" },
      /url\(#g\) in fill of <rect>/,
    ),
    "a formula of MathJax with a cache of its glyphs": html(
      '<svg><defs><path id="MJX-1" d="M0 0"/></defs><use xlink:href="#MJX-1"/></svg>',
      { "svg-reference": "warning", "removed-id": "warning" },
      /<use xlink:href="#MJX-1">/,
    ),
    "a formula that is whole": html('<svg viewBox="0 0 9 9"><path d="M0 0"/></svg>'),
    "a clip path in a style": html(`<svg><g style="clip-path: url('#c')"/></svg>`, {
      "svg-reference": "warning",
    }),
    "HTML in a drawing (mermaid)": html("<svg><foreignObject><div>街</div></foreignObject></svg>", {
      "unknown-element": "unknown",
    }),
    MathML: html("<math><mi>x</mi></math>", { "unknown-element": "unknown" }),
    "<details>": html("<details><summary>街</summary>灯</details>", {
      "unknown-element": "unknown",
    }),
    "a variable of CSS": html('<p style="color: var(--md-primary-color)">', {
      "css-variable": "warning",
    }),
    "a background of another host": html('<p style="background:url(https://example.com/a.png)">', {
      "image-foreign": "error",
    }),
    "a card with a picture for articles": html(
      `<mp-miniprogram data-miniprogram-appid="wx1" data-miniprogram-path="a" data-miniprogram-title="街" data-miniprogram-imageurl="${CARD_PICTURE}"></mp-miniprogram>`,
      { "card-source": "warning" },
      /without wx_fmt.*45166/,
      { ...PAY, images: [{ url: CARD_PICTURE, width: 1080, height: 864 }] },
    ),
    "a card with a picture of the library": html(
      `<mp-miniprogram data-miniprogram-appid="wx1" data-miniprogram-path="a" data-miniprogram-title="街" data-miniprogram-imageurl="${CARD_PICTURE}?wx_fmt=png"></mp-miniprogram>`,
      {},
      undefined,
      { ...PAY, images: [{ url: `${CARD_PICTURE}?wx_fmt=png`, width: 1080, height: 864 }] },
    ),
    "a table, which stays": html("<table><tr><td>街</td></tr></table>"),
  },
  M18: {
    "a picture copied from an article": html(
      `<img data-src="${OWN_PICTURE}" src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">`,
    ),
    "its src is WeChat's blank picture": html(
      `<img data-src="${OWN_PICTURE}" src="https://res.wx.qq.com/op_res/pic_blank.gif">`,
    ),
    "its src is empty": html(`<img data-src="${OWN_PICTURE}" src="">`),
    "without src": html(
      `<img class="rich_pages wxw-img" data-src="${OWN_PICTURE}" data-type="png">`,
    ),
    "its src is another picture": html(
      `<img data-src="${OWN_PICTURE}" src="https://example.com/thumb.jpg">`,
    ),
    "a foreign data-src": html(
      '<img data-src="https://example.com/a.jpg" src="data:,">',
      { "image-foreign": "error" },
      /example\.com\/a\.jpg/,
    ),
  },
  M20: {
    "<![CDATA[<p>x</p><img>]]>": html(
      '<![CDATA[<p>x</p><img src="a.png">]]>',
      { "image-foreign": "error" },
      /a\.png/,
    ),
    "<?xml ?>": html('<?xml version="1.0"?><img src="a.png">', { "image-foreign": "error" }),
    "<!doctype>": html('<!DOCTYPE html><img src="a.png">', { "image-foreign": "error" }),
    "a comment that ends at once": html('<!--><img src="a.png">', { "image-foreign": "error" }),
    "a comment that ends with --!>": html('<!-- a --!><img src="a.png">', {
      "image-foreign": "error",
    }),
    "</ >": html('</ ><img src="a.png">', { "image-foreign": "error" }),
    "a comment": html('<!-- <img src="a.png"> -->'),
    "CDATA in a drawing is text": html(
      '<svg><title></title><text><![CDATA[<image href="a">]]></text></svg>',
    ),
  },
};

/** The article of a case, and the options of its check. */
export function fieldCheck({ article, options }: FieldArticle): [object, CheckOptions] {
  return [
    { ...good, ...article },
    { target: "draft", ...options },
  ];
}
