import type { Hono } from "hono";
import type { Bindings } from "../http/api-route.ts";
import { addMpJsonRoute, type MpRoutes } from "./add-route.ts";
import { sendMessageEndpoint } from "./endpoints.ts";
import { mpFaultReply } from "./fault-replies.ts";
import { addMediaRoutes } from "./media/routes.ts";
import { answerSendMessage } from "./message/calls.ts";
import { addPlatformRoutes } from "./platform/routes.ts";
import { addPageRoutes, addPublishRoutes } from "./publish/routes.ts";
import type { MpState } from "./state.ts";
import { addTokenRoutes } from "./token/routes.ts";
import { addVideoRoutes } from "./video/routes.ts";

/** Adds the routes of the Official Account; `state` returns the state in effect. */
export function addMpRoutes(app: Hono<Bindings>, state: () => MpState): void {
  const routes: MpRoutes = {
    app,
    own: (exchange) => ({ ...exchange, mp: state() }),
    faultReply: mpFaultReply,
  };
  addTokenRoutes(routes);
  addPlatformRoutes(routes);
  addMediaRoutes(routes);
  addMpJsonRoute(routes, sendMessageEndpoint, answerSendMessage);
  addVideoRoutes(routes);
  addPublishRoutes(routes);
  addPageRoutes(routes);
}
