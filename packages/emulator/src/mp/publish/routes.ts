import { addApiRoute } from "../../http/api-route.ts";
import type { SeededAccount } from "../account.ts";
import { addMpJsonRoute, addMpRoute, type MpAnswer, type MpRoutes } from "../add-route.ts";
import type { MpEndpoint } from "../endpoints.ts";
import { isMpError } from "../error.ts";
import type { MpExchange } from "../exchange.ts";
import { type JsonObject, readJsonBody, readMediaApiJson } from "../json-body.ts";
import {
  answerAddDraft,
  answerCountDrafts,
  answerDeleteDraft,
  answerGetDraft,
  answerListDrafts,
  answerSwitchDrafts,
  answerUpdateDraft,
} from "./draft-calls.ts";
import * as endpoints from "./endpoints.ts";
import { readArticleJson } from "./escapes.ts";
import {
  answerDeleteNews,
  answerQueryNews,
  answerSubmitNews,
  answerUpdateNews,
  answerUploadNews,
} from "./news-calls.ts";
import { answerArticlePage, answerPicture } from "./page-calls.ts";
import {
  answerDeletePublication,
  answerGetArticle,
  answerGetPublication,
  answerListPublished,
  answerSubmitPublication,
} from "./publication-calls.ts";

function addNewsRoute(
  routes: MpRoutes,
  endpoint: MpEndpoint,
  answer: (exchange: MpExchange, account: SeededAccount, json: JsonObject) => MpAnswer,
): void {
  addMpRoute(routes, endpoint, (exchange, account) => {
    const body = readMediaApiJson(exchange);
    return isMpError(body) ? body : answer(exchange, account, body.json);
  });
}

/** A call with an article, whose JSON has escapes or not. */
function addArticleRoute(
  routes: MpRoutes,
  endpoint: MpEndpoint,
  read: typeof readMediaApiJson,
  answer: (exchange: MpExchange, account: SeededAccount, json: JsonObject) => MpAnswer,
): void {
  addMpRoute(routes, endpoint, (exchange, account) => {
    const body = readArticleJson(exchange, read);
    return isMpError(body) ? body : answer(exchange, account, body.json);
  });
}

export function addPublishRoutes(routes: MpRoutes): void {
  addArticleRoute(routes, endpoints.uploadNewsEndpoint, readMediaApiJson, answerUploadNews);
  addNewsRoute(routes, endpoints.submitNewsEndpoint, answerSubmitNews);
  addArticleRoute(routes, endpoints.updateNewsEndpoint, readMediaApiJson, answerUpdateNews);
  addNewsRoute(routes, endpoints.deleteNewsEndpoint, answerDeleteNews);
  addNewsRoute(routes, endpoints.queryNewsEndpoint, answerQueryNews);
  addArticleRoute(routes, endpoints.addDraftEndpoint, readJsonBody, answerAddDraft);
  addArticleRoute(routes, endpoints.updateDraftEndpoint, readJsonBody, answerUpdateDraft);
  addMpJsonRoute(routes, endpoints.getDraftEndpoint, answerGetDraft);
  addMpJsonRoute(routes, endpoints.deleteDraftEndpoint, answerDeleteDraft);
  addMpRoute(routes, endpoints.countDraftsEndpoint, answerCountDrafts);
  addMpJsonRoute(routes, endpoints.listDraftsEndpoint, answerListDrafts);
  addMpRoute(routes, endpoints.switchDraftsEndpoint, answerSwitchDrafts);
  addMpJsonRoute(routes, endpoints.submitPublicationEndpoint, answerSubmitPublication);
  addMpJsonRoute(routes, endpoints.getPublicationEndpoint, answerGetPublication);
  addMpJsonRoute(routes, endpoints.deletePublicationEndpoint, answerDeletePublication);
  addMpJsonRoute(routes, endpoints.getArticleEndpoint, answerGetArticle);
  addMpJsonRoute(routes, endpoints.listPublishedEndpoint, answerListPublished);
}

/** The pages and pictures of articles, which need no token. */
export function addPageRoutes(routes: MpRoutes): void {
  const { articlePageEndpoint, pictureEndpoint } = endpoints;
  addApiRoute(
    routes,
    articlePageEndpoint.method,
    articlePageEndpoint.path,
    (exchange) => () => answerArticlePage(exchange),
  );
  addApiRoute(
    routes,
    pictureEndpoint.method,
    pictureEndpoint.path,
    (exchange, { id = "" }) =>
      () =>
        answerPicture(exchange, id),
  );
}
