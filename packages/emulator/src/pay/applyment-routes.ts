import type { Hono } from "hono";
import { addApiRoute, type Bindings } from "../http/api-route.ts";
import { answerApplyment, answerApplymentState } from "./applyment.ts";
import { applymentCall, applymentStateCall } from "./endpoints.ts";

export function addApplymentRoutes(app: Hono<Bindings>): void {
  const { method, path } = applymentCall;
  addApiRoute(app, method, path, (exchange) => () => answerApplyment(exchange));
  const state = applymentStateCall;
  addApiRoute(
    app,
    state.method,
    state.path,
    (exchange, { business_code = "" }) =>
      () =>
        answerApplymentState(exchange, business_code),
  );
}
