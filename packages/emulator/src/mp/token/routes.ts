import type { Hono } from "hono";
import type { Bindings } from "../../http/api-route.ts";
import { stableTokenCall, tokenCall } from "../endpoints.ts";
import { addOpenMpRoute } from "../route.ts";
import { answerStableToken, answerToken, stableTokenAppid } from "./calls.ts";

export function addTokenRoutes(app: Hono<Bindings>): void {
  addOpenMpRoute(
    app,
    tokenCall,
    ({ request }) => request.url.searchParams.get("appid") ?? undefined,
    answerToken,
  );
  addOpenMpRoute(app, stableTokenCall, stableTokenAppid, answerStableToken);
}
