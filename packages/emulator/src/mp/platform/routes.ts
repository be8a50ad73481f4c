import { addOpenMpRoute, type MpRoutes } from "../add-route.ts";
import {
  answerAuthorizerInfo,
  answerAuthorizerList,
  answerAuthorizerToken,
  answerComponentToken,
  answerPreAuthCode,
  answerQueryAuth,
  answerStartPushTicket,
  componentAppid,
} from "./calls.ts";
import {
  authorizerInfoEndpoint,
  authorizerListEndpoint,
  authorizerTokenEndpoint,
  componentTokenEndpoint,
  preAuthCodeEndpoint,
  queryAuthEndpoint,
  startPushTicketEndpoint,
} from "./endpoints.ts";

export function addPlatformRoutes(routes: MpRoutes): void {
  for (const [endpoint, answer] of [
    [startPushTicketEndpoint, answerStartPushTicket],
    [componentTokenEndpoint, answerComponentToken],
    [preAuthCodeEndpoint, answerPreAuthCode],
    [queryAuthEndpoint, answerQueryAuth],
    [authorizerTokenEndpoint, answerAuthorizerToken],
    [authorizerInfoEndpoint, answerAuthorizerInfo],
    [authorizerListEndpoint, answerAuthorizerList],
  ] as const) {
    addOpenMpRoute(routes, endpoint, componentAppid, answer);
  }
}
