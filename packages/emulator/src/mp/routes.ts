import type { Hono } from "hono";
import type { Bindings } from "../http/api-route.ts";
import { addMpJsonRoute, type MpRoutes } from "./add-route.ts";
import { commentEndpoints } from "./comment/endpoints.ts";
import { addCommentRoutes } from "./comment/routes.ts";
import { mpEndpoints, previewEndpoint, sendMessageEndpoint } from "./endpoints.ts";
import { mpFaultReply } from "./fault-replies.ts";
import { addMediaRoutes } from "./media/routes.ts";
import { answerSendMessage } from "./message/calls.ts";
import { answerPreview } from "./message/preview-calls.ts";
import { platformEndpoints } from "./platform/endpoints.ts";
import { addPlatformRoutes } from "./platform/routes.ts";
import { publishEndpoints } from "./publish/endpoints.ts";
import { addPageRoutes, addPublishRoutes } from "./publish/routes.ts";
import { quotaEndpoints } from "./quota/endpoints.ts";
import { addQuotaRoutes } from "./quota/routes.ts";
import type { MpState } from "./state.ts";
import { addTokenRoutes } from "./token/routes.ts";
import { videoEndpoints } from "./video/endpoints.ts";
import { addVideoRoutes } from "./video/routes.ts";

/** The calls that openapi/quota/get knows. */
const WITH_QUOTA = [
  ...mpEndpoints,
  ...videoEndpoints,
  ...publishEndpoints,
  ...commentEndpoints,
  ...quotaEndpoints,
  ...platformEndpoints,
];

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
  addMpJsonRoute(routes, previewEndpoint, answerPreview);
  addVideoRoutes(routes);
  addPublishRoutes(routes);
  addPageRoutes(routes);
  addCommentRoutes(routes);
  addQuotaRoutes(routes, WITH_QUOTA);
}
