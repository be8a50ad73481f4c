import type { Hono } from "hono";
import { answerUploadArticleImage } from "../mp/article-image.ts";
import * as calls from "../mp/calls.ts";
import { answerSendMessage } from "../mp/custom-message.ts";
import { answerGetMedia, answerGetVoice, answerVideo, noteAskedFile } from "../mp/download.ts";
import {
  answerAddMaterial,
  answerCountMaterial,
  answerDeleteMaterial,
  answerGetMaterial,
  answerListMaterial,
} from "../mp/material.ts";
import { answerUploadMedia } from "../mp/temporary.ts";
import { VIDEO_PATH_PREFIX } from "../service.ts";
import { addApiRoute, type Bindings } from "./api-route.ts";
import { addMpFormRoute, addMpJsonRoute, addMpRoute } from "./mp-route.ts";

export function addMediaRoutes(app: Hono<Bindings>): void {
  addMpFormRoute(app, calls.uploadMediaCall, answerUploadMedia);
  addMpRoute(app, calls.getMediaCall, answerGetMedia, noteAskedFile);
  addMpRoute(app, calls.getVoiceCall, answerGetVoice, noteAskedFile);
  addMpFormRoute(app, calls.addMaterialCall, answerAddMaterial);
  addMpJsonRoute(app, calls.getMaterialCall, answerGetMaterial);
  addMpJsonRoute(app, calls.deleteMaterialCall, answerDeleteMaterial);
  addMpJsonRoute(app, calls.listMaterialCall, answerListMaterial);
  addMpRoute(app, calls.countMaterialCall, answerCountMaterial);
  addMpFormRoute(app, calls.uploadArticleImageCall, answerUploadArticleImage);
  addMpJsonRoute(app, calls.sendMessageCall, answerSendMessage);
  addApiRoute(
    app,
    "GET",
    `${VIDEO_PATH_PREFIX}:name`,
    (exchange, { name = "" }) =>
      () =>
        answerVideo(exchange, name),
  );
}
