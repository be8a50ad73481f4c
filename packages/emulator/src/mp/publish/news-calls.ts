import type { SeededAccount } from "../account.ts";
import { isMpError, type MpError } from "../error.ts";
import type { MpExchange } from "../exchange.ts";
import type { JsonObject } from "../json-body.ts";
import { articleOrigin } from "./article-origin.ts";
import type { KeptNews } from "./news.ts";
import { newPages, pageUrl } from "./page-address.ts";
import { refusal } from "./refusals.ts";
import { takeArticle } from "./take-article.ts";

/** Answers `POST /cgi-bin/publish/uploadnews`, with `create_at` and an index from 0 as documented. */
export function answerUploadNews(
  exchange: MpExchange,
  account: SeededAccount,
  { articles }: JsonObject,
): object | MpError {
  const { mp, clock, entry } = exchange;
  if (!Array.isArray(articles) || articles.length === 0) return refusal("noArticles");
  if (articles.length > 1) return refusal("tooManyArticles");
  const taken = takeArticle(exchange, account, articles[0], "news");
  if (isMpError(taken)) return taken;
  const { appid } = account;
  const media_id = mp.accounts.newPermanentId(appid);
  const [page] = newPages(mp.bizOf(appid), 1);
  const createdAt = clock.now();
  if (page) mp.news.add({ ...taken, page, appid, media_id, createdAt });
  entry.media_id = media_id;
  return {
    type: "news",
    media_id,
    create_at: Math.floor(createdAt / 1000),
    item: [{ index: 0, ad_count: 1 }],
  };
}

function findNews(
  { mp, entry }: MpExchange,
  { appid }: SeededAccount,
  { media_id }: JsonObject,
): KeptNews | MpError {
  if (media_id === undefined || media_id === "") return refusal("noMediaId");
  if (typeof media_id !== "string") return refusal("badMediaId");
  entry.media_id = media_id;
  return mp.news.find(appid, media_id) ?? refusal("badMediaId");
}

/** Answers `POST /cgi-bin/publish/submit`. */
export function answerSubmitNews(
  exchange: MpExchange,
  account: SeededAccount,
  json: JsonObject,
): object | MpError {
  const { news } = exchange.mp;
  const found = findNews(exchange, account, json);
  if (isMpError(found)) return found;
  if (json["msgtype"] !== "mpnews") return refusal("badMsgtype");
  if (news.statusOf(found) !== "未提交") return refusal("abnormalStatus");
  if (!news.submit(found)) return refusal("newsOfTheDay");
  return { errcode: 0, errmsg: "submit success" };
}

/** Answers `POST /cgi-bin/publish/update`: one article, with an index from 1. */
export function answerUpdateNews(
  exchange: MpExchange,
  account: SeededAccount,
  json: JsonObject,
): object | MpError {
  const found = findNews(exchange, account, json);
  if (isMpError(found)) return found;
  if (exchange.mp.news.statusOf(found) !== "未提交") return refusal("invalidStatus");
  if (json["index"] !== 1) return refusal("badNewsIndex");
  const taken = takeArticle(exchange, account, json["articles"], "news");
  if (isMpError(taken)) return taken;
  Object.assign(found, taken);
  return { errcode: 0, errmsg: "update success" };
}

/** Answers `POST /cgi-bin/publish/delete` in any status; index 0 is all articles, 1 the only one. */
export function answerDeleteNews(
  exchange: MpExchange,
  account: SeededAccount,
  json: JsonObject,
): object | MpError {
  const found = findNews(exchange, account, json);
  if (isMpError(found)) return found;
  if (json["index"] !== 0 && json["index"] !== 1) return refusal("badNewsIndex");
  found.deleted = true;
  return { errcode: 0, errmsg: "delete success" };
}

/** Answers `POST /cgi-bin/publish/query`; "delete success" is the documented errmsg. */
export function answerQueryNews(
  exchange: MpExchange,
  account: SeededAccount,
  json: JsonObject,
): object | MpError {
  const found = findNews(exchange, account, json);
  if (isMpError(found)) return found;
  const status = exchange.mp.news.statusOf(found);
  const url = pageUrl(articleOrigin(exchange), found.page);
  return {
    errcode: 0,
    errmsg: "delete success",
    status,
    // Assumed: no url before there is a page.
    ...(status === "发布成功" && { url }),
  };
}
