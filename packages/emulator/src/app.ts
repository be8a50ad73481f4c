import { Hono } from "hono";
import { type Control, createControl } from "./control.ts";
import type { Exchange, WireRequest } from "./exchange.ts";
import { headersOfInterest, type JournalDraft } from "./journal.ts";
import { newRequestId } from "./random-id.ts";
import { addControlRoutes } from "./routes/control.ts";
import { addPayRoutes, type Bindings } from "./routes/pay.ts";
import { createState, type EmulatorOptions } from "./state.ts";

/** A reply and how it is to be delivered; `node.ts` and `emulator.ts` each do it their way. */
export interface Answer {
  response: Response;
  cut?: "before" | "headers" | "body";
}

export interface App {
  control: Control;
  maxBodyBytes: number;
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
  // Reported of another v3 path: 404 with an empty body.
  hono.notFound(() => new Response(null, { status: 404 }));
  hono.onError((error) => {
    throw error;
  });
  return {
    control,
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
      const { cut } = exchange.delivery;
      if (cut !== "before") entry.status = response.status;
      return { response, ...(cut && { cut }) };
    },
  };
}
