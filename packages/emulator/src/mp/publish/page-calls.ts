import { raw } from "hono/html";
import { html, type Markup } from "../../html/html.ts";
import { SHANGHAI_OFFSET_MS } from "../../time/day.ts";
import type { MpExchange } from "../exchange.ts";
import type { PagedArticle } from "./article.ts";
import { articleStyle } from "./article-style.ts";
import { served, shownContent, shownPictures } from "./shown-content.ts";

/**
 * A page may run no script and load nothing else: over HTTP it has the same origin as the control
 * routes.
 */
const policy = (origin: string): string =>
  `sandbox; default-src 'none'; img-src ${origin}; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'`;

const page = ({ request }: MpExchange, status: number, title: string, body: Markup): Response =>
  new Response(
    String(html`<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="color-scheme" content="light dark">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${raw(articleStyle)}</style>
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

function articlePage(
  exchange: MpExchange,
  { article, appid, shownAt }: PagedArticle & { appid: string; shownAt: number },
): Response {
  const { title, author, content, content_source_url: source, show_cover_pic = 1 } = article;
  const cover = exchange.mp.media.find(appid, article.thumb_media_id)?.url;
  const date = new Date(shownAt + SHANGHAI_OFFSET_MS).toISOString().slice(0, 10);
  const isPictures = article.article_type === "newspic";
  const shownCover =
    cover !== undefined && show_cover_pic === 1 && !isPictures
      ? html`<img class="cover" alt="" src="${served(cover)}">\n`
      : "";
  const body = html`<h1>${title}</h1>
<p class="meta">${[author, date].filter((text) => text !== "").join(" · ")}</p>
${shownCover}<div id="js_content">${
    isPictures
      ? shownPictures(exchange.mp, appid, article)
      : raw(shownContent(exchange.mp, appid, content))
  }</div>${source === "" ? "" : html`\n<p><a href="${source}">阅读原文</a></p>`}`;
  return page(exchange, 200, title, body);
}

/** Answers the address of a published article or of the preview of a draft. */
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
