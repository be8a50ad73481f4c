import { addApiRoute } from "../../http/api-route.ts";
import { addMpFormRoute, addMpJsonRoute, addMpRoute, type MpRoutes } from "../add-route.ts";
import * as endpoints from "../endpoints.ts";
import { VIDEO_PATH_PREFIX } from "../paths.ts";
import { answerUploadArticleImage } from "./article-image-calls.ts";
import { answerGetMedia, answerGetVoice, answerVideo, noteAskedFile } from "./download-calls.ts";
import {
  answerAddMaterial,
  answerCountMaterial,
  answerDeleteMaterial,
  answerGetMaterial,
  answerListMaterial,
  noteAskedMaterial,
} from "./material-calls.ts";
import { answerUploadMedia } from "./temporary-calls.ts";

export function addMediaRoutes(routes: MpRoutes): void {
  // Reported: Senparc names the part file here, and WeChat takes it. Of the other calls nobody says so.
  addMpFormRoute(routes, endpoints.uploadMediaEndpoint, answerUploadMedia, ["media", "file"]);
  addMpRoute(routes, endpoints.getMediaEndpoint, answerGetMedia, noteAskedFile);
  addMpRoute(routes, endpoints.getVoiceEndpoint, answerGetVoice, noteAskedFile);
  addMpFormRoute(routes, endpoints.addMaterialEndpoint, answerAddMaterial);
  const { getMaterialEndpoint: get, deleteMaterialEndpoint: del } = endpoints;
  addMpJsonRoute(routes, get, answerGetMaterial, undefined, noteAskedMaterial);
  addMpJsonRoute(routes, del, answerDeleteMaterial, undefined, noteAskedMaterial);
  addMpJsonRoute(routes, endpoints.listMaterialEndpoint, answerListMaterial);
  addMpRoute(routes, endpoints.countMaterialEndpoint, answerCountMaterial);
  addMpFormRoute(routes, endpoints.uploadArticleImageEndpoint, answerUploadArticleImage);
  addApiRoute(
    routes,
    "GET",
    `${VIDEO_PATH_PREFIX}:name`,
    (exchange, { name = "" }) =>
      () =>
        answerVideo(exchange, name),
  );
}
