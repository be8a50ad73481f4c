import { addMpJsonRoute, type MpRoutes } from "../add-route.ts";
import { answerSwitchComments } from "./calls.ts";
import { closeCommentsEndpoint, openCommentsEndpoint } from "./endpoints.ts";

export function addCommentRoutes(routes: MpRoutes): void {
  addMpJsonRoute(routes, openCommentsEndpoint, answerSwitchComments(1));
  addMpJsonRoute(routes, closeCommentsEndpoint, answerSwitchComments(0));
}
