import type { Context, Hono } from "hono";
import { pause } from "../abort.ts";
import { type Exchange, faultedRequest, noteFault } from "../exchange.ts";
import { faultResponse } from "../fault-replies.ts";
import { type PayRoute, payRoutes } from "../pay-routes.ts";
import { answerUpload } from "../pay-upload.ts";
import { formFilename, readUploadForm, type UploadForm } from "../upload-form.ts";

export type Bindings = { Bindings: { exchange: Exchange } };

/** Chunked: reported of the Official Account hosts, assumed here. Too large: assumed. */
function refuseTransfer({ request, state }: Exchange): Response | undefined {
  const chunked = request.headers.get("transfer-encoding")?.toLowerCase().includes("chunked");
  if (chunked && state.options.chunked !== "accept") return new Response(null, { status: 412 });
  if (request.tooLarge) return new Response(null, { status: 413 });
  return undefined;
}

function readForm({ request, entry }: Exchange): UploadForm {
  const form = readUploadForm(request.headers.get("content-type"), request.body);
  const filename = formFilename(form);
  if (filename !== undefined) entry.filename = filename;
  if (typeof form.meta?.sha256 === "string") entry.sha256 = form.meta.sha256;
  if (form.file) entry.fileBytes = form.file.bytes.length;
  return form;
}

/** The genuine answer with the faults around it: delays, one in its place, one on its way out. */
async function withFaults(exchange: Exchange, genuine: () => Promise<Response>): Promise<Response> {
  const { state, request, delivery } = exchange;
  const sleep = state.options.sleep ?? pause;
  const faulted = faultedRequest(exchange);
  for (const fault of state.faults.takeAll("delay", faulted)) {
    noteFault(exchange, fault);
    if (fault.kind === "delay") await sleep(fault.ms, request.signal);
  }
  const instead = state.faults.take("instead", faulted);
  if (instead) noteFault(exchange, instead);
  const response = (instead && faultResponse(exchange, instead)) ?? (await genuine());
  const cut = state.faults.take("delivery", faulted);
  if (cut?.kind === "cut") {
    noteFault(exchange, cut);
    delivery.cut = cut.at ?? "before";
  }
  return response;
}

const handler =
  (route: PayRoute) =>
  ({ env: { exchange } }: Context<Bindings>): Response | Promise<Response> => {
    const refused = refuseTransfer(exchange);
    if (refused) return refused;
    const form = readForm(exchange);
    return withFaults(exchange, () => answerUpload(exchange, route, form));
  };

export function addPayRoutes(app: Hono<Bindings>): void {
  for (const route of payRoutes) {
    app.post(route.path, handler(route));
    // Reported of another v3 path: 405 with an empty body.
    app.all(route.path, () => new Response(null, { status: 405, headers: { allow: "POST" } }));
  }
}
