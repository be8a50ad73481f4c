import type { Fault, Service } from "../faults/fault.ts";
import type { FaultedRequest, FaultQueue } from "../faults/queue.ts";
import type { JournalDraft } from "../journal/journal.ts";
import type { Clock } from "../time/clock.ts";
import { visible } from "../validation/visible.ts";
import type { FetchHeaders, FetchSignal, FetchUrl } from "./fetch-type.ts";
import type { TransferOptions } from "./options.ts";

/** A request whose body has been read. */
export interface WireRequest {
  method: string;
  url: FetchUrl;
  /** Path and query exactly as sent, as the signature covers them. */
  target: string;
  headers: FetchHeaders;
  body: Uint8Array<ArrayBuffer>;
  /** The body was longer than `maxBodyBytes`; the rest was not read. */
  tooLarge?: boolean;
  signal: FetchSignal;
  /** The address of the socket; in process there is none. */
  clientIp?: string;
  /** The faults applied when the headers arrived. */
  struck?: readonly Fault[];
}

/** How to deliver a reply, which a Response cannot express. */
export interface Delivery {
  cut?: "before" | "headers" | "body";
  /** The journal counts the bytes delivered. */
  counted?: boolean;
}

/** A request being answered; the part that both services share. */
export interface Exchange {
  readonly service: Service;
  readonly request: WireRequest;
  readonly entry: JournalDraft;
  readonly delivery: Delivery;
  readonly clock: Clock;
  readonly faults: FaultQueue;
  readonly transfer: TransferOptions;
}

export const faultedRequest = ({ service, request, entry }: Exchange): FaultedRequest => ({
  service,
  method: request.method,
  path: request.url.pathname,
  filename: entry.filename,
  appid: entry.appid,
  action: entry.action,
});

/** Writes into the journal what the answer does not say. */
export function note({ entry }: Pick<Exchange, "entry">, notes: readonly string[]): void {
  if (notes.length > 0) entry.notes = [...(entry.notes ?? []), ...notes.map(visible)];
}

export function noteFault({ entry }: Pick<Exchange, "entry">, { kind }: Fault): void {
  entry.fault = entry.fault === undefined ? kind : `${entry.fault}+${kind}`;
}
