import type { Hono } from "hono";
import { answerApplyment, answerApplymentState } from "../pay-applyment.ts";
import { applymentCall, applymentStateCall } from "../pay-calls.ts";
import { addApiRoute, type Bindings } from "./api-route.ts";

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
