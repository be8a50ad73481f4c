import {
  type ArticleRule,
  type CheckOptions,
  miniProgramCard,
  type Severity,
  videoFrame,
} from "@wechat-edge/mp-publish";

/** An article without fault, but for its cover, which exists nowhere. */
export const good = {
  thumb_media_id: "fh0dNaOq3liW91YzYLrmRabcdefghijklmnopqrstuv",
  title: "灯笼街",
  digest: "街",
  content: "<p>天还没亮透。</p>",
};
export const OWN_PICTURE = "https://mmbiz.qpic.cn/mmbiz/gL017UPS6FS2/0";
export const VID = "wxv_1084581467361148928";
export const frame = videoFrame(VID);
export const card = miniProgramCard({
  appid: "wx123123123",
  path: "pages/index/index",
  title: "小程序示例",
  imageurl: OWN_PICTURE,
});
export const images = [{ url: OWN_PICTURE, width: 1080, height: 864 }];

/** An article with one fault, and the finding that it makes. */
export interface ArticleCase {
  readonly rule: ArticleRule;
  readonly severity?: Severity;
  readonly target?: "publish-library" | "draft";
  readonly article?: object;
  readonly facts?: Partial<CheckOptions>;
  readonly path?: string;
  readonly message: RegExp;
  /** What happens when it is sent all the same: an errcode, or an article with something taken out of it or looking odd. */
  readonly sent: number | "changed" | "taken";
  /** The rules of 媒体API文档 that it stands for. */
  readonly holds?: string;
}

export const draft = "draft";
export const content = (html: string) => ({ content: html });
export const articleCases: Readonly<Record<string, ArticleCase>> = {
  "a title of 65 characters in the library (FAQ 4)": {
    holds: "[publish.94]",
    rule: "title-length",
    article: { title: "字".repeat(65) },
    sent: 45003,
    message: /^title has 65 characters; at most 64/,
  },
  "a title of 33 characters in a draft": {
    rule: "title-length",
    target: draft,
    article: { title: "字".repeat(33) },
    sent: 45003,
    message: /33 characters; at most 32/,
  },
  "a digest of 121 characters in the library (FAQ 4)": {
    holds: "[publish.95]",
    rule: "digest-length",
    article: { digest: "字".repeat(121) },
    sent: 45004,
    message: /121 characters; at most 120/,
  },
  "a digest of 129 characters in a draft": {
    rule: "digest-length",
    target: draft,
    article: { digest: "字".repeat(129) },
    sent: 45004,
    message: /129 characters; at most 128/,
  },
  "no digest in the library: the first 64 characters": {
    holds: "[publish.55]",
    rule: "digest-empty",
    severity: "info",
    article: { digest: undefined, content: `<p>${"字".repeat(65)}</p>` },
    sent: "taken",
    message: /first 64 characters of the text: "字{64}"\.$/,
  },
  "an empty digest in a draft: the first 54 characters": {
    rule: "digest-empty",
    severity: "info",
    target: draft,
    article: { digest: "", content: `<p>${"字".repeat(65)}</p>` },
    sent: "taken",
    message: /first 54 characters of the text: "字{54}"\.$/,
  },
  "an author of 17 characters in a draft": {
    rule: "author-length",
    target: draft,
    article: { author: "字".repeat(17) },
    sent: 45110,
    message: /17 characters; at most 16/,
  },
  "an author of 17 characters in the library, where no limit is documented": {
    holds: "[publish.50]",
    rule: "author-length",
    severity: "warning",
    article: { author: "字".repeat(17) },
    sent: "taken",
    message: /17 characters; at most 16/,
  },
  "a draft of 20,000 characters": {
    rule: "content-length",
    target: draft,
    article: content(`<p>${"字".repeat(20_000)}</p>`),
    sent: 45002,
    message: /20007 characters with its tags, 20000 without/,
  },
  "a draft of 20,000 characters with its tags": {
    rule: "content-length",
    target: draft,
    article: content(`<p title="${"x".repeat(20_000)}">字</p>`),
    sent: 45002,
    message: /20017 characters with its tags, 1 without; it must have fewer than 20000/,
  },
  "20,000 characters in the library, where no limit is documented": {
    rule: "content-length",
    article: content("字".repeat(20_000)),
    sent: 45002,
    message: /20000 characters with its tags, 20000 without/,
  },
  "a draft of 1 MiB": {
    rule: "content-size",
    target: draft,
    article: content(`<img src="data:,${"x".repeat(1024 * 1024)}">`),
    sent: 45002,
    message: /1048594 bytes; WeChat allows fewer than 1048576/,
  },
  "a picture of another host": {
    rule: "image-foreign",
    article: content('<p style="background:url(https://example.com/a.png)">'),
    sent: "changed",
    message:
      /removes the picture https:\/\/example\.com\/a\.png: its address is not from uploadArticleImage/,
  },
  "a data: picture, whose address is cut short": {
    rule: "image-foreign",
    article: content(`<img src="data:image/png;base64,${"A".repeat(200)}">`),
    sent: "changed",
    message: /^WeChat removes the picture data:image\/png;base64,A{38}…:/,
  },
  "a script": {
    rule: "script",
    severity: "warning",
    article: content("<script>alert(1)</script>"),
    sent: "changed",
    message: /removes <script> from the content/,
  },
  "a script in an attribute": {
    rule: "script",
    severity: "warning",
    article: content('<p onclick="a()">'),
    sent: "changed",
    message: /removes onclick from/,
  },
  "a script in an address": {
    rule: "script",
    severity: "warning",
    article: content('<iframe src=" JavaScript:a()"></iframe>'),
    sent: "changed",
    message: /removes src="javascript:…" from/,
  },
  "a link without the right to links": {
    holds: "[publish.54]",
    rule: "link-right",
    article: content('<a href="https://example.com/">link</a>'),
    facts: { rights: { pay: false } },
    sent: 45166,
    message: /has a link \(https:\/\/example\.com\/\); only accounts with WeChat Pay/,
  },
  "a link where the right is not known": {
    holds: "[publish.54]",
    rule: "link-right",
    severity: "unknown",
    article: content('<a href="https://example.com/">link</a>'),
    sent: 45166,
    message: /only accounts with WeChat Pay/,
  },
  "an App Store short address without #wechat_redirect": {
    holds: "[publish.52]",
    rule: "source-url-redirect",
    article: { content_source_url: "https://itun.es/cn/abc" },
    sent: 41039,
    message: /that end in #wechat_redirect, not from itun\.es/,
  },
  "appsto.re without #wechat_redirect": {
    holds: "[publish.52]",
    rule: "source-url-redirect",
    target: draft,
    article: { content_source_url: "http://appsto.re/cn/abc#other" },
    sent: 41039,
    message: /not from appsto\.re/,
  },
  "a long App Store address": {
    holds: "[publish.52]",
    rule: "source-url-redirect",
    article: { content_source_url: "https://apps.apple.com/cn/app/id1#wechat_redirect" },
    sent: "taken",
    message: /not from apps\.apple\.com/,
  },
  "a source address that is none": {
    rule: "source-url",
    article: { content_source_url: "www.example.com" },
    sent: 41039,
    message: /content_source_url is not an http or https address/,
  },
  "a source address that is a script": {
    rule: "source-url",
    article: { content_source_url: "javascript:alert(1)" },
    sent: 41039,
    message: /content_source_url is not an http or https address/,
  },
  "a source address of more than 1 kB": {
    rule: "source-url",
    target: draft,
    article: { content_source_url: `https://example.com/${"字".repeat(335)}` },
    sent: 45005,
    message: /1025 bytes; at most 1024/,
  },
  "an author that is a number": {
    rule: "not-a-string",
    target: draft,
    article: { author: 7 as unknown as string },
    path: "articles[0].author",
    sent: 47001,
    message: /^author must be a string, not the number 7/,
  },
  "a digest that is an array": {
    rule: "not-a-string",
    article: { digest: ["天还没亮透。"] as unknown as string },
    path: "articles[0].digest",
    sent: 47001,
    message: /^digest must be a string, not an array of 1/,
  },
  "a flag that is a boolean": {
    holds: "[publish.56]",
    rule: "flag",
    article: { show_cover_pic: true },
    path: "articles[0].show_cover_pic",
    sent: 40097,
    message: /^show_cover_pic is true; it must be 0 or 1/,
  },
  "a flag of comments that is a string": {
    rule: "flag",
    target: draft,
    article: { need_open_comment: "1" },
    path: "articles[0].need_open_comment",
    sent: 40097,
    message: /is "1"/,
  },
  "a flag of fans that is 2": {
    holds: "[publish.58]",
    rule: "flag",
    article: { only_fans_can_comment: 2 },
    path: "articles[0].only_fans_can_comment",
    sent: 40097,
    message: /is 2/,
  },
  "no cover": {
    holds: "[publish.46]",
    rule: "required",
    article: { thumb_media_id: undefined },
    path: "articles[0].thumb_media_id",
    sent: 41006,
    message: /thumb_media_id must be a string/,
  },
  "a title of blanks": {
    holds: "[publish.47]",
    rule: "required",
    article: { title: " \n" },
    path: "articles[0].title",
    sent: 41011,
    message: /title must be a string/,
  },
  "no content": {
    holds: "[publish.48]",
    rule: "required",
    article: { content: "" },
    path: "articles[0].content",
    sent: 44004,
    message: /content must be a string/,
  },
  "a picture message without pictures": {
    rule: "picture-count",
    target: draft,
    article: { article_type: "newspic", image_info: { image_list: [] } },
    path: "articles[0].image_info.image_list",
    sent: 40097,
    message: /1 to 20 pictures, not 0/,
  },
  "a picture message of 21 pictures": {
    rule: "picture-count",
    target: draft,
    article: {
      article_type: "newspic",
      image_info: { image_list: Array.from({ length: 21 }, () => ({ image_media_id: "a" })) },
    },
    path: "articles[0].image_info.image_list",
    sent: 40097,
    message: /not 21/,
  },
  "a video that is not approved": {
    holds: "[publish.63]",
    rule: "video-approval",
    article: content(frame),
    facts: { videos: [{ vid: VID, status: 4 }] },
    sent: 45166,
    message: /wxv_1084581467361148928 has status 4; WeChat must have approved it \(status 3\)/,
  },
  "a video whose status is not given": {
    holds: "[publish.63]",
    rule: "video-approval",
    severity: "unknown",
    article: content(frame),
    facts: { videos: [{ vid: "wxv_1", status: 3 }, { status: 3 }] },
    sent: 45166,
    message: /has an unknown status; WeChat must have approved it/,
  },
  "a video in the way of published pages, vid=": {
    holds: "[publish.62] [publish.63]",
    rule: "video-approval",
    severity: "unknown",
    article: content(
      `<iframe data-src="https://mp.weixin.qq.com/mp/readtemplate?auto=0&vid=${VID}">`,
    ),
    sent: 45166,
    message: new RegExp(VID),
  },
  "a card with a title of 36 characters": {
    holds: "[publish.69]",
    rule: "card-title",
    article: content(card.replace("小程序示例", "字".repeat(36))),
    facts: { images },
    sent: 45166,
    message: /36 characters; at most 35/,
  },
  "a card whose picture has another size": {
    holds: "[publish.71]",
    rule: "card-image",
    article: content(card),
    facts: { images: [{ url: OWN_PICTURE, width: 864, height: 1080 }] },
    sent: "changed",
    message: /1080×864 pixels; this one has 864×1080/,
  },
  "a card whose picture's size is not given": {
    holds: "[publish.71]",
    rule: "card-image",
    severity: "unknown",
    article: content(card),
    sent: "changed",
    message: /an unknown size/,
  },
  "a card with data-progarm-imageurl": {
    holds: "[publish.70]",
    rule: "card-typo",
    article: content(card.replace("data-miniprogram-imageurl", "data-progarm-imageurl")),
    sent: "changed",
    message: /data-progarm-imageurl, a misprint/,
  },
  "a card without a path": {
    holds: "[publish.68]",
    rule: "card-attribute",
    article: content(card.replace(/ data-miniprogram-path="[^"]*"/, "")),
    facts: { images },
    sent: 45166,
    message: /<mp-miniprogram> has no data-miniprogram-path/,
  },
  "a mini-program link without a path": {
    holds: "[publish.68]",
    rule: "card-attribute",
    article: content('<a data-miniprogram-appid="wx1" data-miniprogram-path="">'),
    sent: 45166,
    message: /<a> has no data-miniprogram-path/,
  },
  "an escape in the title": {
    rule: "unicode-escape",
    target: draft,
    article: { title: "\\u4f5c\\u8005" },
    path: "articles[0].title",
    sent: 40033,
    message: /^title contains the escape \\u4f5c/,
  },
  "a control character, which JSON escapes": {
    rule: "unicode-escape",
    article: { author: "灯\u000b笼" },
    path: "articles[0].author",
    sent: 40033,
    message: /^author contains the control character U\+000B/,
  },
  "an escape in the digest": {
    rule: "unicode-escape",
    article: { digest: "\\u4F5C" },
    path: "articles[0].digest",
    sent: 40033,
    message: /contains the escape \\u4F5C/,
  },
  "an escape in the content, where it may be meant": {
    rule: "unicode-escape",
    severity: "warning",
    article: content("<code>\\u4f5c</code>"),
    sent: 40033,
    message: /content contains the escape \\u4f5c/,
  },
};
