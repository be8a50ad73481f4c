import { addOpenMpRoute, type MpRoutes } from "../add-route.ts";
import { stableTokenEndpoint, tokenEndpoint } from "../endpoints.ts";
import { answerStableToken, answerToken, stableTokenAppid } from "./calls.ts";

export function addTokenRoutes(routes: MpRoutes): void {
  addOpenMpRoute(
    routes,
    tokenEndpoint,
    ({ request }) => request.url.searchParams.get("appid") ?? undefined,
    answerToken,
  );
  addOpenMpRoute(routes, stableTokenEndpoint, stableTokenAppid, answerStableToken);
}
