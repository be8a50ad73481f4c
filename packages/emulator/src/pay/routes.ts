import type { Hono } from "hono";
import { type ApiRoutes, addApiRoute, type Bindings } from "../http/api-route.ts";
import { note } from "../http/exchange.ts";
import { valueFor } from "../http/per-service.ts";
import { answerApplyment, answerApplymentState } from "./applyment-calls.ts";
import { answerCertificates } from "./certificate-calls.ts";
import { answerBill, answerBillFile, fundFlowBills, tradeBills } from "./downloads/bill-calls.ts";
import { answerPicture } from "./downloads/picture-calls.ts";
import {
  applymentByIdEndpoint,
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
import { schemeOf } from "./scheme.ts";
import type { PayState } from "./state.ts";
import { answerUpload } from "./upload-calls.ts";
import { type PayUploadEndpoint, payUploadEndpoints } from "./upload-endpoints.ts";
import { formFilename, readUploadForm, type UploadForm } from "./upload-form.ts";

function readForm(exchange: PayExchange, { form: rules }: PayUploadEndpoint): UploadForm {
  const { request, entry, transfer } = exchange;
  const quotedBoundary = valueFor(transfer.quotedBoundary, "pay") ?? "refuse";
  const type = request.headers.get("content-type");
  const form = readUploadForm(type, request.body, quotedBoundary, rules.part);
  note(exchange, form.notes);
  exchange.signedBody = form.metaBytes ?? new Uint8Array();
  const filename = formFilename(form, rules.filenameKey);
  if (filename !== undefined) entry.filename = filename;
  const digest = form.meta?.[rules.digestKey];
  if (typeof digest === "string") entry.sha256 = digest;
  if (form.file) entry.fileBytes = form.file.bytes.length;
  return form;
}

/** Adds the routes of WeChat Pay; `state` returns the state in effect. */
export function addPayRoutes(app: Hono<Bindings>, state: () => PayState): void {
  const routes: ApiRoutes<PayExchange> = {
    app,
    own: (exchange) => ({
      ...exchange,
      pay: state(),
      scheme: schemeOf(exchange.request.url.pathname),
      signedBody: exchange.request.body,
    }),
    faultReply: payFaultReply,
  };
  for (const endpoint of payUploadEndpoints) {
    addApiRoute(routes, "POST", endpoint.path, (exchange, parameters) => {
      const form = readForm(exchange, endpoint);
      return () => answerUpload(exchange, endpoint, form, parameters);
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
        answerApplymentState(exchange, { business_code }),
  );
  addApiRoute(
    routes,
    applymentByIdEndpoint.method,
    applymentByIdEndpoint.path,
    (exchange, { applyment_id = "" }) =>
      () =>
        answerApplymentState(exchange, { applyment_id }),
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
