import type { Hono } from "hono";
import { type ApiRoutes, addApiRoute, type Bindings } from "../http/api-route.ts";
import { answerApplyment, answerApplymentState } from "./applyment-calls.ts";
import { answerCertificates } from "./certificate-calls.ts";
import { answerBill, answerBillFile, fundFlowBills, tradeBills } from "./downloads/bill-calls.ts";
import { answerPicture } from "./downloads/picture-calls.ts";
import {
  applymentEndpoint,
  applymentStateEndpoint,
  billFileEndpoint,
  certificateEndpoints,
  fundFlowBillEndpoint,
  pictureEndpoint,
  tradeBillEndpoint,
} from "./endpoints.ts";
import type { PayExchange } from "./exchange.ts";
import { payFaultReply } from "./fault-replies.ts";
import type { PayState } from "./state.ts";
import { answerUpload } from "./upload-calls.ts";
import { payUploadEndpoints } from "./upload-endpoints.ts";
import { formFilename, readUploadForm, type UploadForm } from "./upload-form.ts";

function readForm({ request, entry }: PayExchange): UploadForm {
  const form = readUploadForm(request.headers.get("content-type"), request.body);
  const filename = formFilename(form);
  if (filename !== undefined) entry.filename = filename;
  if (typeof form.meta?.sha256 === "string") entry.sha256 = form.meta.sha256;
  if (form.file) entry.fileBytes = form.file.bytes.length;
  return form;
}

/** Adds the routes of WeChat Pay; `state` returns the state in effect. */
export function addPayRoutes(app: Hono<Bindings>, state: () => PayState): void {
  const routes: ApiRoutes<PayExchange> = {
    app,
    own: (exchange) => ({ ...exchange, pay: state() }),
    faultReply: payFaultReply,
  };
  for (const endpoint of payUploadEndpoints) {
    addApiRoute(routes, "POST", endpoint.path, (exchange) => {
      const form = readForm(exchange);
      return () => answerUpload(exchange, endpoint, form);
    });
  }
  for (const { method, path } of certificateEndpoints) {
    addApiRoute(routes, method, path, (exchange) => () => answerCertificates(exchange));
  }
  const { method, path } = applymentEndpoint;
  addApiRoute(routes, method, path, (exchange) => () => answerApplyment(exchange));
  addApiRoute(
    routes,
    applymentStateEndpoint.method,
    applymentStateEndpoint.path,
    (exchange, { business_code = "" }) =>
      () =>
        answerApplymentState(exchange, business_code),
  );
  addDownloads(routes);
}

function addDownloads(routes: ApiRoutes<PayExchange>): void {
  for (const [{ method, path }, kind] of [
    [tradeBillEndpoint, tradeBills],
    [fundFlowBillEndpoint, fundFlowBills],
  ] as const) {
    addApiRoute(routes, method, path, (exchange) => () => answerBill(exchange, kind));
  }
  const { method, path } = billFileEndpoint;
  addApiRoute(routes, method, path, (exchange) => () => answerBillFile(exchange));
  addApiRoute(
    routes,
    pictureEndpoint.method,
    pictureEndpoint.path,
    (exchange, { media_id = "" }) =>
      () =>
        answerPicture(exchange, media_id),
  );
}
