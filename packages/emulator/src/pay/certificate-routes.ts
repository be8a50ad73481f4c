import type { Hono } from "hono";
import { addApiRoute, type Bindings } from "../http/api-route.ts";
import { answerCertificates } from "./certificates.ts";
import { certificateCalls } from "./endpoints.ts";

export function addCertificateRoutes(app: Hono<Bindings>): void {
  for (const { method, path } of certificateCalls) {
    addApiRoute(app, method, path, (exchange) => () => answerCertificates(exchange));
  }
}
