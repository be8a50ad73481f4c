import { Hono } from "hono";
import { type Control, createControl } from "./control/control.ts";
import { addControlRoutes } from "./control/routes.ts";
import { type Exchange, noteFault, type WireRequest } from "./exchange.ts";
import type { Fault } from "./faults/kinds.ts";
import type { Bindings } from "./http/api-route.ts";
import { headersOfInterest, type JournalDraft } from "./journal.ts";
import { strikeOnArrival } from "./mp/arrival.ts";
import { addMediaRoutes } from "./mp/media/routes.ts";
import { addPageRoutes, addPublishRoutes } from "./mp/publish/routes.ts";
import { addTokenRoutes } from "./mp/token/routes.ts";
import { addVideoRoutes } from "./mp/video/routes.ts";
import { addApplymentRoutes } from "./pay/applyment-routes.ts";
import { addCertificateRoutes } from "./pay/certificate-routes.ts";
import { addPayRoutes } from "./pay/upload-routes.ts";
import { newRequestId } from "./random-id.ts";
import { serviceOf } from "./service.ts";
import { createState, type EmulatorOptions } from "./state.ts";

/** A reply and how it is to be delivered; `node.ts` and `emulator.ts` each do it their way. */
export interface Answer {
  response: Response;
  cut?: "before" | "headers" | "body";
  /** To be told of the bytes handed over, where the journal counts them. */
  sent?: (bytes: number) => void;
}

export interface App {
  control: Control;
  maxBodyBytes: number;
  /** The header `Date` of this moment on the emulator's clock. */
  date(): string;
  /** To be called when the headers have come, before the body is read; gives what struck. */
  arrive(method: string, url: URL): readonly Fault[];
  answer(request: WireRequest): Promise<Answer>;
}

const DEFAULT_MAX_BODY_BYTES = 32 * 1024 * 1024;

export const isControlPath = (path: string): boolean =>
  path === "/" || path === "/_emulator" || path.startsWith("/_emulator/");

export function createApp(options: EmulatorOptions): App {
  const state = createState(options);
  const control = createControl(state);
  const hono = new Hono<Bindings>();
  addControlRoutes(hono, control);
  addPayRoutes(hono);
  addCertificateRoutes(hono);
  addApplymentRoutes(hono);
  addTokenRoutes(hono);
  addMediaRoutes(hono);
  addVideoRoutes(hono);
  addPublishRoutes(hono);
  addPageRoutes(hono);
  // Reported of another v3 path: 404 with an empty body.
  hono.notFound(() => new Response(null, { status: 404 }));
  hono.onError((error) => {
    throw error;
  });
  const date = (): string => new Date(state.clock.now()).toUTCString();
  return {
    control,
    date,
    maxBodyBytes: options.maxBodyBytes ?? DEFAULT_MAX_BODY_BYTES,
    arrive: (method, url) =>
      isControlPath(url.pathname) ? [] : strikeOnArrival(state, method, url),
    async answer(request) {
      const { method, url, headers } = request;
      const routed = new Request(url, { method });
      const draft: JournalDraft = {
        time: state.clock.now(),
        requestId: newRequestId(),
        method,
        path: url.pathname,
        headers: headersOfInterest(headers),
      };
      const steering = isControlPath(url.pathname);
      const entry = steering ? draft : state.journal.open(draft);
      const exchange: Exchange = { state, request, entry, delivery: {} };
      for (const fault of request.struck ?? []) noteFault(exchange, fault);
      const response = await hono.fetch(routed, { exchange });
      // The Official Account has the rid of an errmsg instead.
      const named = !steering && serviceOf(url.pathname) === "pay";
      if (named) response.headers.set("request-id", entry.requestId);
      response.headers.set("date", date());
      const { cut, counted } = exchange.delivery;
      if (cut !== "before") entry.status = response.status;
      const sent = (bytes: number): void => {
        entry.sentBytes = (entry.sentBytes ?? 0) + bytes;
      };
      return { response, ...(cut && { cut }), ...(counted && { sent }) };
    },
  };
}
