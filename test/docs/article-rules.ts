import type { ArticleRule } from "@wechat-edge/mp-publish";

/** What each rule of checkArticle finds, in English and in Chinese. */
export const articleRules: Readonly<Record<ArticleRule, readonly [en: string, zh: string]>> = {
  "active-content": [
    "what runs or loads a program, or leads away: `srcdoc`, `<meta http-equiv=refresh>`, `<base>`, `formaction`, `ping`, `data:text/html`, `<use>` of another file, SVG that changes an address, `expression()`",
    "会运行或加载程序、或把读者带走的内容：`srcdoc`、`<meta http-equiv=refresh>`、`<base>`、`formaction`、`ping`、`data:text/html`、引用别的文件的 `<use>`、会改地址的 SVG 动画、`expression()`",
  ],
  "article-count": [
    "a draft without an article; in the publish library any number but one",
    "草稿里一篇图文都没有；发布库一次只能传一篇",
  ],
  "article-type": [
    "an `article_type` other than `news` and `newspic`; a picture message for the publish library",
    "`article_type` 不是 `news` 或 `newspic`；发布库没有图片消息",
  ],
  "author-length": ["an author of more than 16 characters", "作者超过 16 个字"],
  "card-attribute": [
    "a mini-program card or link without a required attribute",
    "小程序卡片或链接缺少必填的属性",
  ],
  "card-image": ["a card whose picture is not 1080 × 864", "小程序卡片的图不是 1080 × 864"],
  "card-source": [
    "a card whose picture has an address without `wx_fmt`, as `uploadArticleImage` returns it",
    "小程序卡片的图片地址没有 `wx_fmt`（`uploadArticleImage` 返回的那种）",
  ],
  "card-title": ["a card with a title of more than 35 characters", "小程序卡片的标题超过 35 个字"],
  "card-typo": ["`data-progarm-imageurl`", "写成了 `data-progarm-imageurl`"],
  "comment-flags": [
    "only followers may comment, but comments are closed",
    "设了只许粉丝留言，留言却没打开",
  ],
  "content-length": [
    "20,000 characters or more with the tags; in a picture message more than 1,000",
    "连标签在内达到 2 万字符；图片消息超过 1,000 字符",
  ],
  "content-size": ["1 MiB or more", "达到 1 MiB"],
  crop: [
    "a crop of the cover that is not in fractions, upside down, of an unknown ratio, or given twice; a `cover_info` of another shape",
    "封面裁剪的坐标不是 0 到 1 的小数、两个角写反了、比例不存在，或者同一个比例写了两处；`cover_info` 的结构不对",
  ],
  "css-variable": ["`var(--…)` in a style", "样式里有 `var(--…)`"],
  "digest-empty": ["no digest: what WeChat makes of the text", "没写摘要：微信会截取哪些字"],
  "digest-length": [
    "a digest of more than 128 characters (draft) or 120 (publish library)",
    "摘要太长：草稿最多 128 个字，发布库最多 120 个字",
  ],
  flag: ["a flag that is not 0 or 1", "开关不是 0 或 1"],
  "image-foreign": ["a picture that is not on WeChat's hosts", "图片不在微信的域名下"],
  "image-lazy": [
    "a lazily loaded picture: the real address is in `data-original` or the like, or in `<noscript>`",
    "懒加载的图：真正的地址在 `data-original` 一类的属性或 `<noscript>` 里",
  ],
  "link-placeholder": [
    "a link to an article that cannot exist, such as `/s/xxxx`, or to the preview of a draft",
    "链接指向不存在的图文，比如 `/s/xxxx`，或者是草稿的预览链接",
  ],
  "link-right": [
    "a link to another site, or a part of an address on mp.weixin.qq.com; those to published articles and anchors pass",
    "链接到别的网站，或者 mp.weixin.qq.com 的地址不完整；已发布图文的链接和锚点没问题",
  ],
  "link-target": [
    "`mailto:`, `tel:`, `weixin://`, a path: leads nowhere",
    "`mailto:`、`tel:`、`weixin://` 或相对路径：点了没有用",
  ],
  "not-a-string": ["an author or digest that is not a string", "作者或摘要不是字符串"],
  "picture-content": ["HTML in a picture message", "图片消息的正文里有 HTML"],
  "picture-count": [
    "a picture message of 0 or more than 20 pictures",
    "图片消息没有图，或者超过 20 张",
  ],
  "picture-field": [
    "a field that picture messages do not have, such as `thumb_media_id`; `image_info` in another article",
    "图片消息没有的字段，比如 `thumb_media_id`；别的图文里写了 `image_info`",
  ],
  "picture-id": ["an empty `image_media_id`", "`image_media_id` 是空的"],
  "picture-repeated": ["the same picture twice", "同一张图出现两次"],
  "removed-element": [
    "`<style>`, `<link>`, `<video>`, `<audio>`, forms, `<object>`, `<canvas>` and their like",
    "`<style>`、`<link>`、`<video>`、`<audio>`、表单、`<object>`、`<canvas>` 之类的标签",
  ],
  "removed-frame": ["a frame of another site", "别的网站的 `<iframe>`"],
  "removed-id": ["`id`", "`id` 属性"],
  "removed-position": [
    "`position: absolute`, `fixed` or `sticky`",
    "`position: absolute`、`fixed` 或 `sticky`",
  ],
  required: ["no title, content or cover", "没有标题、正文或封面"],
  script: [
    "`<script>`, handlers, `javascript:`, `vbscript:`",
    "`<script>`、事件属性（`onclick` 等）、`javascript:`、`vbscript:`",
  ],
  "source-url": [
    "a source that is not an http or https address, or has more than 1 kB",
    "原文链接不是 http 或 https 地址，或者超过 1 kB",
  ],
  "source-url-redirect": [
    "an App Store address without `#wechat_redirect`",
    "App Store 的地址没有 `#wechat_redirect`",
  ],
  "svg-reference": [
    'a drawing with `url(#id)` or `<use href="#id">`: ids are removed',
    'SVG 里有 `url(#id)` 或 `<use href="#id">`：`id` 会被去掉',
  ],
  "title-length": [
    "a title of more than 32 characters (draft) or 64 (publish library)",
    "标题太长：草稿最多 32 个字，发布库最多 64 个字",
  ],
  "unicode-escape": [
    "`\\uXXXX` or a control character, which JSON escapes",
    "有 `\\uXXXX`，或者有 JSON 会转义的控制字符",
  ],
  "unknown-element": [
    "`<details>`, `<math>`, HTML in a drawing, elements of other programs such as `<amp-img>`",
    "`<details>`、`<math>`、SVG 里嵌的 HTML，别的程序自定义的标签，比如 `<amp-img>`",
  ],
  "video-approval": ["a video that is not approved", "视频没有过审"],
  "video-in-draft": [
    "a video in a draft: reports contradict each other on whether it stays",
    "草稿里有视频：会不会保留，公开的说法互相矛盾",
  ],
};
