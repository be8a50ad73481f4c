import { randomText } from "../../bytes/random.ts";
import type { SeededAccount } from "../account.ts";
import { isMpError, type MpError } from "../error.ts";
import type { MpExchange } from "../exchange.ts";
import type { JsonObject } from "../json-body.ts";
import { readRange } from "../range.ts";
import { articleOrigin } from "./article-origin.ts";
import { findDraft } from "./draft-calls.ts";
import { type NewsItem, newsItem } from "./item.ts";
import { newPages, type PageAddress, pageUrl } from "./page-address.ts";
import type { KeptPublication } from "./publications.ts";
import { refusal } from "./refusals.ts";
import { contentTimes, entryTime, type Times } from "./times.ts";

const PUBLISHED = 0;
const ARTICLE_ID_LENGTH = 43;

/** Recorded: a number; the documents show both. */
const idForm = ({ mp }: MpExchange, id: string): string | number =>
  mp.options.publishIdType === "string" ? id : Number(id);

/**
 * Answers `POST /cgi-bin/freepublish/submit`. Recorded: publish_id is the `mid` in the addresses of the articles.
 * Assumed: msg_data_id is the same; a draft being published cannot be submitted again.
 */
export function answerSubmitPublication(
  exchange: MpExchange,
  account: SeededAccount,
  json: JsonObject,
): object | MpError {
  const { mp, clock } = exchange;
  const { publications } = mp;
  const draft = findDraft(exchange, account, json);
  if (isMpError(draft)) return draft;
  const { appid, media_id } = draft;
  if (publications.isUnderWay(media_id)) return refusal("underPublication");
  const publish_id = publications.newId();
  const pages = newPages(mp.bizOf(appid), draft.articles.length, publish_id);
  publications.add({
    appid,
    publish_id,
    msg_data_id: publish_id,
    media_id,
    article_id: randomText(ARTICLE_ID_LENGTH),
    articles: draft.articles.map((each, at) => ({ ...each, page: pages[at] as PageAddress })),
    submittedAt: clock.now(),
  });
  const ids = {
    publish_id: idForm(exchange, publish_id),
    msg_data_id: idForm(exchange, publish_id),
  };
  return { errcode: 0, errmsg: "ok", ...ids };
}

/** Answers `POST /cgi-bin/freepublish/get`; the id may be a string or a number. */
export function answerGetPublication(
  exchange: MpExchange,
  { appid }: SeededAccount,
  { publish_id: id }: JsonObject,
): object | MpError {
  const { publications } = exchange.mp;
  const isId = typeof id === "string" || typeof id === "number";
  const found = isId ? publications.find(appid, String(id).trim()) : undefined;
  if (found === undefined) return refusal("badPublishId");
  exchange.entry.media_id = found.media_id;
  const status = publications.statusOf(found);
  const item = found.articles.map(({ page }) => ({
    idx: page.idx,
    article_url: pageUrl(articleOrigin(exchange), page),
  }));
  return {
    publish_id: idForm(exchange, found.publish_id),
    publish_status: status,
    ...(status === PUBLISHED && {
      article_id: found.article_id,
      article_detail: { count: item.length, item },
    }),
    fail_idx: publications.failIdx(found),
  };
}

function findPublished(
  { mp }: MpExchange,
  { appid }: SeededAccount,
  { article_id: id }: JsonObject,
): KeptPublication | MpError {
  const found = typeof id === "string" ? mp.publications.published(appid, id) : undefined;
  return found ?? refusal("badArticleId");
}

/** Answers `POST /cgi-bin/freepublish/delete`: index from 1, or 0 or none for all articles. */
export function answerDeletePublication(
  exchange: MpExchange,
  account: SeededAccount,
  json: JsonObject,
): object | MpError {
  const found = findPublished(exchange, account, json);
  if (isMpError(found)) return found;
  const { index = 0 } = json;
  const named = found.articles.filter(({ page }) => index === 0 || page.idx === index);
  if (named.length === 0) return refusal("badNewsIndex");
  for (const each of named) each.deleted = true;
  return { errcode: 0, errmsg: "ok" };
}

function items(exchange: MpExchange, found: KeptPublication, noContent = false): NewsItem[] {
  const { media, options } = exchange.mp;
  return found.articles.map((each) => {
    const thumbUrl = media.find(found.appid, each.article.thumb_media_id)?.url;
    const origin = articleOrigin(exchange);
    const item = newsItem(each, { origin, thumbUrl, noContent, options });
    return { ...item, is_deleted: each.deleted ?? false };
  });
}

const timesOf = ({ submittedAt }: KeptPublication): Times => ({
  created: submittedAt,
  updated: submittedAt,
});

/** Answers `POST /cgi-bin/freepublish/getarticle`. */
export function answerGetArticle(
  exchange: MpExchange,
  account: SeededAccount,
  json: JsonObject,
): object | MpError {
  const found = findPublished(exchange, account, json);
  if (isMpError(found)) return found;
  const times = contentTimes(exchange.mp.options, timesOf(found));
  return { news_item: items(exchange, found), ...times };
}

/** Answers `POST /cgi-bin/freepublish/batchget`: newest first (assumed). */
export function answerListPublished(
  exchange: MpExchange,
  { appid }: SeededAccount,
  json: JsonObject,
): object | MpError {
  const range = readRange(json);
  if (isMpError(range)) return range;
  const { offset, count, noContent } = range;
  const { publications, options } = exchange.mp;
  const all = publications.allPublished(appid);
  const item = all.slice(offset, offset + count).map((found) => ({
    article_id: found.article_id,
    content: {
      news_item: items(exchange, found, noContent),
      ...contentTimes(options, timesOf(found)),
    },
    ...entryTime(options, timesOf(found)),
  }));
  return { item, total_count: all.length, item_count: item.length };
}
