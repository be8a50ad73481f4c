import type { Fault } from "./faults/kinds.ts";
import type { FaultedRequest } from "./faults/queue.ts";
import type { FetchHeaders, FetchSignal, FetchUrl } from "./http/fetch-type.ts";
import type { JournalDraft } from "./journal.ts";
import { serviceOf } from "./service.ts";
import type { EmulatorState } from "./state.ts";

/** A request as it came over the wire, its body read. */
export interface WireRequest {
  method: string;
  url: FetchUrl;
  /** Path and query exactly as sent: that is what is signed. */
  target: string;
  headers: FetchHeaders;
  body: Uint8Array<ArrayBuffer>;
  /** The body was longer than `maxBodyBytes`; the rest was not read. */
  tooLarge?: boolean;
  signal: FetchSignal;
  /** Of the socket; in process there is none. */
  clientIp?: string;
  /** The faults that struck when the headers had come. */
  struck?: readonly Fault[];
}

/** How a reply is to be delivered, which no Response can say by itself. */
export interface Delivery {
  cut?: "before" | "headers" | "body";
  /** The journal counts the bytes handed over. */
  counted?: boolean;
}

/** One request being answered; Hono hands it to the routes as their bindings. */
export interface Exchange {
  state: EmulatorState;
  request: WireRequest;
  entry: JournalDraft;
  delivery: Delivery;
}

export const faultedRequest = ({ request, entry }: Exchange): FaultedRequest => ({
  service: serviceOf(request.url.pathname),
  method: request.method,
  path: request.url.pathname,
  filename: entry.filename,
  appid: entry.appid,
  action: entry.action,
});

export function noteFault({ entry }: Exchange, { kind }: Fault): void {
  entry.fault = entry.fault === undefined ? kind : `${entry.fault}+${kind}`;
}
