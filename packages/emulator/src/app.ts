// Its routes are quick to make: thousands of tests have an emulator each.
import { Hono } from "hono/quick";
import { type Control, createControl } from "./control/control.ts";
import { addControlRoutes } from "./control/routes.ts";
import type { Fault } from "./faults/fault.ts";
import type { Bindings } from "./http/api-route.ts";
import { type Exchange, noteFault, type WireRequest } from "./http/exchange.ts";
import type { FetchResponse, FetchUrl } from "./http/fetch-type.ts";
import { DEFAULT_MAX_BODY_BYTES } from "./http/options.ts";
import { createCallRecords } from "./inspector/records.ts";
import { addInspectorRoutes } from "./inspector/routes.ts";
import { headersOfInterest, type JournalDraft } from "./journal/journal.ts";
import { strikeOnArrival } from "./mp/arrival.ts";
import { isMpPath, isPagePath } from "./mp/paths.ts";
import { addMpRoutes } from "./mp/routes.ts";
import { checkOptions } from "./option-rules.ts";
import type { EmulatorOptions } from "./options.ts";
import { newRequestId } from "./pay/ids.ts";
import { addPayRoutes } from "./pay/routes.ts";
import { createState, type EmulatorState, type Runtime } from "./state.ts";

/** A reply and how to deliver it; `node.ts` and `emulator.ts` deliver it in their own ways. */
export interface Answer {
  response: FetchResponse;
  cut?: "before" | "headers" | "body";
  /** Called with the bytes delivered, where the journal counts them. */
  sent?: (bytes: number) => void;
}

export interface App {
  control: Control;
  maxBodyBytes(): number;
  /** The `Date` header, by the emulator's clock. */
  date(): string;
  /** Call it when the headers have arrived, before reading the body. Returns the faults it applied. */
  arrive(method: string, url: FetchUrl): readonly Fault[];
  answer(request: WireRequest): Promise<Answer>;
}

export const isControlPath = (path: string): boolean =>
  path === "/" || path === "/_emulator" || path.startsWith("/_emulator/");

/** What a browser loads to show an article; in the journal it would bury the calls of a client. */
const isLookedAt = (path: string): boolean => isPagePath(path) || path === "/favicon.ico";

export function createApp(options: EmulatorOptions, runtime: Runtime = {}): App {
  let state: EmulatorState = createState(options, runtime);
  const current = (): EmulatorState => state;
  const control = createControl(current, (changes) => {
    state = createState({ ...options, ...checkOptions(changes) }, runtime);
  });
  const hono = new Hono<Bindings>();
  const records = createCallRecords();
  addInspectorRoutes(hono, control, records, current);
  addControlRoutes(hono, control);
  // After the control routes, which it does not record.
  if (runtime.records !== false) records.watch(hono);
  addPayRoutes(hono, () => state.pay);
  addMpRoutes(hono, () => state.mp);
  // Reported for another v3 path: 404 with an empty body.
  hono.notFound(() => new Response(null, { status: 404 }));
  hono.onError((error) => {
    throw error;
  });
  const date = (): string => new Date(state.clock.now()).toUTCString();
  return {
    control,
    date,
    maxBodyBytes: () => state.options.maxBodyBytes ?? DEFAULT_MAX_BODY_BYTES,
    arrive: (method, url) => (isMpPath(url.pathname) ? strikeOnArrival(state, method, url) : []),
    async answer(request) {
      const { method, url, headers } = request;
      const routed = new Request(url, { method });
      const { clock, faults, journal } = state;
      const draft: JournalDraft = {
        time: clock.now(),
        requestId: newRequestId(),
        method,
        path: url.pathname,
        headers: headersOfInterest(headers),
      };
      const steering = isControlPath(url.pathname);
      const quiet = steering || isLookedAt(url.pathname);
      if (!quiet) {
        // To look at what is stored changes nothing.
        state.pay.bills.forgetExpired(clock.now());
        state.mp.media.forgetExpired();
      }
      const entry = quiet ? draft : journal.open(draft);
      const service = isMpPath(url.pathname) ? "mp" : "pay";
      const exchange: Exchange = {
        service,
        request,
        entry,
        delivery: {},
        clock,
        faults,
        transfer: state.options,
      };
      for (const fault of request.struck ?? []) noteFault(exchange, fault);
      const response = await hono.fetch(routed, { exchange });
      // The Official Account has a rid in its errmsg instead.
      if (!steering && service === "pay") response.headers.set("request-id", entry.requestId);
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
