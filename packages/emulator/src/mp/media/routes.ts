import type { Hono } from "hono";
import { addApiRoute, type Bindings } from "../../http/api-route.ts";
import { VIDEO_PATH_PREFIX } from "../../service.ts";
import * as calls from "../endpoints.ts";
import { answerSendMessage } from "../message/custom-message.ts";
import { addMpFormRoute, addMpJsonRoute, addMpRoute } from "../route.ts";
import { answerUploadArticleImage } from "./article-image.ts";
import { answerGetMedia, answerGetVoice, answerVideo, noteAskedFile } from "./download.ts";
import {
  answerAddMaterial,
  answerCountMaterial,
  answerDeleteMaterial,
  answerGetMaterial,
  answerListMaterial,
} from "./material.ts";
import { answerUploadMedia } from "./temporary.ts";

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
