import type { SeededAccount } from "../account.ts";
import { isMpError, type MpError } from "../error.ts";
import type { MpExchange } from "../exchange.ts";
import type { JsonObject } from "../json-body.ts";
import { readRange } from "../range.ts";
import { emptyItem } from "../reply.ts";
import type { PagedArticle, TakenArticle } from "./article.ts";
import { articleOrigin } from "./article-origin.ts";
import type { KeptDraft } from "./drafts.ts";
import { type NewsItem, newsItem } from "./item.ts";
import { newPages } from "./page-address.ts";
import { refusal } from "./refusals.ts";
import { takeArticle } from "./take-article.ts";
import { contentTimes, entryTime, type Times } from "./times.ts";

/** The limit of mass messages; none is documented for drafts (assumed). */
const MAX_ARTICLES = 8;

/** Answers `POST /cgi-bin/draft/add`. */
export function answerAddDraft(
  exchange: MpExchange,
  account: SeededAccount,
  { articles }: JsonObject,
): object | MpError {
  const { mp, clock, entry } = exchange;
  if (!Array.isArray(articles) || articles.length === 0) return refusal("noArticles");
  if (articles.length > MAX_ARTICLES) return refusal("tooManyArticles");
  const taken: TakenArticle[] = [];
  for (const article of articles) {
    const one = takeArticle(exchange, account, article, "draft");
    if (isMpError(one)) return one;
    taken.push(one);
  }
  const { appid } = account;
  const media_id = mp.accounts.newPermanentId(appid);
  const pages = newPages(mp.bizOf(appid), taken.length);
  mp.drafts.add({
    appid,
    media_id,
    articles: pages.map((page, at) => ({ ...(taken[at] as TakenArticle), page })),
    createdAt: clock.now(),
    updatedAt: clock.now(),
  });
  entry.media_id = media_id;
  return { media_id, ...emptyItem(exchange) };
}

/** The draft with this `media_id`, if it is in the box. */
export function findDraft(
  { mp, entry }: MpExchange,
  { appid }: SeededAccount,
  { media_id }: JsonObject,
): KeptDraft | MpError {
  if (media_id === undefined || media_id === "") return refusal("noMediaId");
  if (typeof media_id !== "string") return refusal("badMediaId");
  entry.media_id = media_id;
  return mp.drafts.find(appid, media_id) ?? refusal("badMediaId");
}

/** Answers `POST /cgi-bin/draft/update`: one article, with an index from 0. */
export function answerUpdateDraft(
  exchange: MpExchange,
  account: SeededAccount,
  json: JsonObject,
): object | MpError {
  const found = findDraft(exchange, account, json);
  if (isMpError(found)) return found;
  const { index } = json;
  const before = Number.isInteger(index) ? found.articles[index as number] : undefined;
  if (before === undefined) return refusal("badDraftIndex");
  const taken = takeArticle(exchange, account, json["articles"], "draft");
  if (isMpError(taken)) return taken;
  Object.assign(before, taken);
  found.updatedAt = exchange.clock.now();
  return { errcode: 0, errmsg: "ok" };
}

const thumbUrl = ({ mp }: MpExchange, appid: string, { article }: PagedArticle) =>
  mp.media.find(appid, article.thumb_media_id)?.url;

const items = (
  exchange: MpExchange,
  { appid, articles }: KeptDraft,
  noContent = false,
): NewsItem[] =>
  articles.map((each) =>
    newsItem(each, {
      origin: articleOrigin(exchange),
      thumbUrl: thumbUrl(exchange, appid, each),
      noContent,
      options: exchange.mp.options,
    }),
  );

const timesOf = ({ createdAt, updatedAt }: KeptDraft): Times => ({
  created: createdAt,
  updated: updatedAt,
});

/** Answers `POST /cgi-bin/draft/get`. */
export function answerGetDraft(
  exchange: MpExchange,
  account: SeededAccount,
  json: JsonObject,
): object | MpError {
  const found = findDraft(exchange, account, json);
  if (isMpError(found)) return found;
  const times = contentTimes(exchange.mp.options, timesOf(found));
  return { news_item: items(exchange, found), ...times };
}

/** Answers `POST /cgi-bin/draft/delete`. */
export function answerDeleteDraft(
  exchange: MpExchange,
  account: SeededAccount,
  json: JsonObject,
): object | MpError {
  const found = findDraft(exchange, account, json);
  if (isMpError(found)) return found;
  exchange.mp.drafts.remove(found);
  return { errcode: 0, errmsg: "ok" };
}

/** Answers `GET /cgi-bin/draft/count`. */
export function answerCountDrafts({ mp }: MpExchange, { appid }: SeededAccount): object {
  return { total_count: mp.drafts.of(appid).length };
}

/** Answers `POST /cgi-bin/draft/batchget`: last changed first (assumed). */
export function answerListDrafts(
  exchange: MpExchange,
  { appid }: SeededAccount,
  json: JsonObject,
): object | MpError {
  const range = readRange(json);
  if (isMpError(range)) return range;
  const { offset, count, noContent } = range;
  const { drafts, options } = exchange.mp;
  const all = drafts.of(appid);
  const item = all.slice(offset, offset + count).map((draft) => ({
    media_id: draft.media_id,
    content: {
      news_item: items(exchange, draft, noContent),
      ...contentTimes(options, timesOf(draft)),
    },
    ...entryTime(options, timesOf(draft)),
  }));
  return { item, total_count: all.length, item_count: item.length };
}

/** Answers `POST /cgi-bin/draft/switch`: the box is always open. */
export const answerSwitchDrafts = (): object => ({ errcode: 0, errmsg: "ok", is_open: 1 });
