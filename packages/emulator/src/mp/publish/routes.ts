import type { Hono } from "hono";
import type { Exchange } from "../../exchange.ts";
import { addApiRoute, type Bindings } from "../../http/api-route.ts";
import type { SeededAccount } from "../account.ts";
import type { MpCall } from "../endpoints.ts";
import { isMpError } from "../error.ts";
import { type JsonObject, readMediaApiJson } from "../json-body.ts";
import { addMpJsonRoute, addMpRoute, type MpAnswer } from "../route.ts";
import { answerArticlePage, answerPicture } from "./article-page.ts";
import {
  answerAddDraft,
  answerCountDrafts,
  answerDeleteDraft,
  answerGetDraft,
  answerListDrafts,
  answerSwitchDrafts,
  answerUpdateDraft,
} from "./draft-calls.ts";
import * as calls from "./endpoints.ts";
import {
  answerDeleteNews,
  answerQueryNews,
  answerSubmitNews,
  answerUpdateNews,
  answerUploadNews,
} from "./news-calls.ts";
import {
  answerDeletePublication,
  answerGetArticle,
  answerGetPublication,
  answerListPublished,
  answerSubmitPublication,
} from "./publication-calls.ts";

function addNewsRoute(
  app: Hono<Bindings>,
  call: MpCall,
  answer: (exchange: Exchange, account: SeededAccount, json: JsonObject) => MpAnswer,
): void {
  addMpRoute(app, call, (exchange, account) => {
    const body = readMediaApiJson(exchange);
    return isMpError(body) ? body : answer(exchange, account, body.json);
  });
}

export function addPublishRoutes(app: Hono<Bindings>): void {
  addNewsRoute(app, calls.addNewsCall, answerUploadNews);
  addNewsRoute(app, calls.submitNewsCall, answerSubmitNews);
  addNewsRoute(app, calls.updateNewsCall, answerUpdateNews);
  addNewsRoute(app, calls.deleteNewsCall, answerDeleteNews);
  addNewsRoute(app, calls.queryNewsCall, answerQueryNews);
  addMpJsonRoute(app, calls.addDraftCall, answerAddDraft);
  addMpJsonRoute(app, calls.updateDraftCall, answerUpdateDraft);
  addMpJsonRoute(app, calls.getDraftCall, answerGetDraft);
  addMpJsonRoute(app, calls.deleteDraftCall, answerDeleteDraft);
  addMpRoute(app, calls.countDraftsCall, answerCountDrafts);
  addMpJsonRoute(app, calls.listDraftsCall, answerListDrafts);
  addMpRoute(app, calls.switchDraftsCall, answerSwitchDrafts);
  addMpJsonRoute(app, calls.submitPublicationCall, answerSubmitPublication);
  addMpJsonRoute(app, calls.getPublicationCall, answerGetPublication);
  addMpJsonRoute(app, calls.deletePublicationCall, answerDeletePublication);
  addMpJsonRoute(app, calls.getArticleCall, answerGetArticle);
  addMpJsonRoute(app, calls.listPublishedCall, answerListPublished);
}

/** The pages and pictures that articles are made of, which need no token. */
export function addPageRoutes(app: Hono<Bindings>): void {
  const { articlePageCall, pictureCall } = calls;
  addApiRoute(
    app,
    articlePageCall.method,
    articlePageCall.path,
    (exchange) => () => answerArticlePage(exchange),
  );
  addApiRoute(
    app,
    pictureCall.method,
    pictureCall.path,
    (exchange, { id = "" }) =>
      () =>
        answerPicture(exchange, id),
  );
}
