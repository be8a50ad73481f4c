import type { SeededAccount } from "../account.ts";
import { type MpError, mpError } from "../error.ts";
import type { MpExchange } from "../exchange.ts";
import type { JsonObject } from "../json-body.ts";

/**
 * Answers `POST /cgi-bin/comment/open` and `close`. The msg_data_id is a number by the document, a string in what clients
 * send (reported); the index counts from 0, and the first article is meant without it.
 */
export const answerSwitchComments =
  (open: 0 | 1) =>
  ({ mp }: MpExchange, { appid, comments }: SeededAccount, json: JsonObject): object | MpError => {
    const { msg_data_id: id, index = 0 } = json;
    if (!comments) return mpError(88000);
    if (typeof id !== "string" && typeof id !== "number") return mpError(47001);
    const found = mp.publications.byMsgData(appid, String(id));
    const article = Number.isInteger(index) ? found?.articles[index as number] : undefined;
    if (article === undefined || article.deleted) return mpError(88001);
    article.article = { ...article.article, need_open_comment: open };
    return { errcode: 0, errmsg: "ok" };
  };
