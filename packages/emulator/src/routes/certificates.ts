import type { Hono } from "hono";
import { certificateCalls } from "../pay-calls.ts";
import { answerCertificates } from "../pay-certificates.ts";
import { addApiRoute, type Bindings } from "./api-route.ts";

export function addCertificateRoutes(app: Hono<Bindings>): void {
  for (const { method, path } of certificateCalls) {
    addApiRoute(app, method, path, (exchange) => () => answerCertificates(exchange));
  }
}
