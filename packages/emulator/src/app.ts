import { Hono } from "hono";
import { type Control, createControl } from "./control.ts";
import type { Exchange, WireRequest } from "./exchange.ts";
import { headersOfInterest, type JournalDraft } from "./journal.ts";
import { newRequestId } from "./random-id.ts";
import type { Bindings } from "./routes/api-route.ts";
import { addApplymentRoutes } from "./routes/applyment.ts";
import { addCertificateRoutes } from "./routes/certificates.ts";
import { addControlRoutes } from "./routes/control.ts";
import { addPayRoutes } from "./routes/pay.ts";
import { createState, type EmulatorOptions } from "./state.ts";

/** A reply and how it is to be delivered; `node.ts` and `emulator.ts` each do it their way. */
export interface Answer {
  response: Response;
  cut?: "before" | "headers" | "body";
}

export interface App {
  control: Control;
  maxBodyBytes: number;
  /** The header `Date` of this moment on the emulator's clock. */
  date(): string;
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
      const response = await hono.fetch(routed, { exchange });
      if (!steering) response.headers.set("request-id", entry.requestId);
      response.headers.set("date", date());
      const { cut } = exchange.delivery;
      if (cut !== "before") entry.status = response.status;
      return { response, ...(cut && { cut }) };
    },
  };
}
