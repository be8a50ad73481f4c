import type { Hono } from "hono";
import type { Exchange } from "../exchange.ts";
import { addApiRoute, type Bindings } from "../http/api-route.ts";
import { answerUpload } from "./upload.ts";
import { payRoutes } from "./upload-endpoints.ts";
import { formFilename, readUploadForm, type UploadForm } from "./upload-form.ts";

function readForm({ request, entry }: Exchange): UploadForm {
  const form = readUploadForm(request.headers.get("content-type"), request.body);
  const filename = formFilename(form);
  if (filename !== undefined) entry.filename = filename;
  if (typeof form.meta?.sha256 === "string") entry.sha256 = form.meta.sha256;
  if (form.file) entry.fileBytes = form.file.bytes.length;
  return form;
}

export function addPayRoutes(app: Hono<Bindings>): void {
  for (const route of payRoutes) {
    addApiRoute(app, "POST", route.path, (exchange) => {
      const form = readForm(exchange);
      return () => answerUpload(exchange, route, form);
    });
  }
}
