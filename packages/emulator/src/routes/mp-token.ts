import type { Hono } from "hono";
import { stableTokenCall, tokenCall } from "../mp/calls.ts";
import { answerStableToken, answerToken, stableTokenAppid } from "../mp/token-calls.ts";
import type { Bindings } from "./api-route.ts";
import { addOpenMpRoute } from "./mp-route.ts";

export function addTokenRoutes(app: Hono<Bindings>): void {
  addOpenMpRoute(
    app,
    tokenCall,
    ({ request }) => request.url.searchParams.get("appid") ?? undefined,
    answerToken,
  );
  addOpenMpRoute(app, stableTokenCall, stableTokenAppid, answerStableToken);
}
