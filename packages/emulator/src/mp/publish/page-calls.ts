import { raw } from "hono/html";
import { html, type Markup } from "../../html/html.ts";
import type { MpExchange } from "../exchange.ts";
import { pictureId } from "../media/picture-id.ts";
import type { PagedArticle } from "./article.ts";
import { applyEdits, type HtmlEdit } from "./html-edits.ts";
import { attributeOf, type HtmlTag, htmlTags } from "./html-tags.ts";

const STYLE = `body{margin:0;background:#fff;color:#333;font:17px/1.7 system-ui,sans-serif}
article{max-width:677px;margin:0 auto;padding:24px 16px;overflow-wrap:break-word}
h1{font-size:22px;line-height:1.4;margin:0 0 8px}
.meta{color:#888;font-size:15px;margin:0 0 20px}
img{max-width:100%;height:auto}
.cover{display:block;width:100%;margin:0 0 20px}
iframe.video_iframe{display:block;width:100%;aspect-ratio:16/9;border:0;background:#111}
mp-miniprogram,mp-common-miniprogram{display:block;border:1px solid #ddd;padding:12px;margin:12px 0}
mp-miniprogram::before,mp-common-miniprogram::before{content:attr(data-miniprogram-title)}
mp-miniprogram img,mp-common-miniprogram img{display:block;margin-top:8px}`;

/**
 * Nothing of a page may run or leave it: it has the origin of the control routes when it comes from
 * a server on localhost.
 */
const policy = (origin: string): string =>
  `sandbox; default-src 'none'; img-src ${origin}; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'`;

const page = ({ request }: MpExchange, status: number, title: string, body: Markup): Response =>
  new Response(
    String(html`<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${raw(STYLE)}</style>
</head>
<body>
<article>
${body}
</article>
</body>
</html>
`),
    {
      status,
      headers: {
        "content-type": "text/html; charset=UTF-8",
        "content-security-policy": policy(request.url.origin),
        "x-content-type-options": "nosniff",
      },
    },
  );

/** Where the emulator itself serves a picture whose address it made. */
const served = (address: string): string => {
  const id = pictureId(address);
  return id === undefined ? address : `/mmbiz/${id}/0`;
};

const CARD_ATTRIBUTES = ["data-miniprogram-imageurl", "data-progarm-imageurl"];

/** WeChat's own script shows what is in data-src, and draws the cards; without it, here is why. */
function shownEdit(tag: HtmlTag): HtmlEdit[] {
  if (tag.name === "img") {
    const address = attributeOf(tag, "data-src") ?? attributeOf(tag, "src");
    if (address === undefined) return [];
    const old = tag.attributes.filter(({ name }) => name === "src");
    const at = tag.start + "<img".length;
    return [
      { start: at, end: at, text: String(html` src="${served(address)}"`) },
      ...old.map(({ start, end }) => ({ start, end, text: "" })),
    ];
  }
  const picture = CARD_ATTRIBUTES.map((name) => attributeOf(tag, name)).find(Boolean);
  if (!tag.name.endsWith("-miniprogram") || picture === undefined) return [];
  const text = String(html`<img alt="" src="${served(picture)}">`);
  return [{ start: tag.end, end: tag.end, text }];
}

/** The content as it is kept, its pictures from here. */
function shownContent(content: string): string {
  const edits = htmlTags(content)
    .filter(({ closes }) => !closes)
    .flatMap(shownEdit);
  return applyEdits(content, edits).replace(
    /(?:https?:)?\/\/mmbiz\.q(?:pic|logo)\.cn\/mmbiz\/[A-Za-z0-9_-]+\/[^\s"'()<>?&]*/g,
    served,
  );
}

function articlePage(
  exchange: MpExchange,
  { article, appid, shownAt }: PagedArticle & { appid: string; shownAt: number },
): Response {
  const { title, author, content, content_source_url: source, show_cover_pic = 1 } = article;
  const cover = exchange.mp.media.find(appid, article.thumb_media_id)?.url;
  const date = new Date(shownAt + 8 * 3600_000).toISOString().slice(0, 10);
  const shownCover =
    cover !== undefined && show_cover_pic === 1
      ? html`<img class="cover" alt="" src="${served(cover)}">\n`
      : "";
  const body = html`<h1>${title}</h1>
<p class="meta">${[author, date].filter((text) => text !== "").join(" · ")}</p>
${shownCover}<div id="js_content">${raw(shownContent(content))}</div>${
    source === "" ? "" : html`\n<p><a href="${source}">阅读原文</a></p>`
  }`;
  return page(exchange, 200, title, body);
}

/** Answers the address of an article: a published one, or the preview of a draft. */
export function answerArticlePage(exchange: MpExchange): Response {
  const { news, drafts, publications } = exchange.mp;
  const { searchParams } = exchange.request.url;
  const sn = searchParams.get("sn") ?? "";
  const published = news.bySn(sn);
  const found = published
    ? { ...published, shownAt: published.submittedAt ?? published.createdAt }
    : (publications.bySn(sn) ?? drafts.bySn(sn));
  const names: [string, string | number | undefined][] = [
    ["__biz", found?.page.biz],
    ["mid", found?.page.mid],
    ["idx", found?.page.idx],
  ];
  const right = names.every(([name, value]) => searchParams.get(name) === String(value));
  if (found === undefined || !right) {
    return page(exchange, 404, "该内容暂时无法查看", html`<p>该内容暂时无法查看</p>`);
  }
  return articlePage(exchange, found);
}

/** Answers the address of a picture of an article or of the library. */
export function answerPicture({ mp }: MpExchange, id: string): Response {
  const found = mp.media.findPicture(`https://mmbiz.qpic.cn/mmbiz/${id}/0`);
  if (found?.body === undefined) return new Response(null, { status: 404 });
  const { body, format } = found;
  return new Response(body.stream(), {
    headers: {
      "content-type": `image/${format}`,
      "content-length": String(body.size),
      "content-security-policy": "sandbox; default-src 'none'",
      "x-content-type-options": "nosniff",
    },
  });
}
