import type { FetchRequest, FetchResponse } from "../../http/fetch-type.ts";

/** What is wrong with the first attempt. */
export type NotificationFault =
  | "probe"
  | "wrong-signature"
  | "missing-signature"
  | "unknown-serial"
  | "stale"
  | "tampered"
  | "rewritten"
  | "wrong-api-v3-key";

/** A notification to send. */
export interface Notification {
  /** Receives the notification in this process, such as the `fetch` of a Worker or `app.fetch` of Hono. */
  to?: (request: FetchRequest) => FetchResponse | Promise<FetchResponse>;
  /** Where to POST it. With `to`, the address of the Request; default: https://shop.example.com/notify. */
  url?: string;
  /** Default: TRANSACTION.SUCCESS. */
  event_type?: string;
  /** What is encrypted. Default: a sample, for the event types that have one. */
  resource?: object;
  /** The merchant whose APIv3 key encrypts it. Default: the demo merchant. */
  mchid?: string;
  /** Default: a random UUID. */
  id?: string;
  summary?: string;
  original_type?: string;
  /** Default: the `original_type`; null leaves it out. */
  associated_data?: string | null;
  /** Sent and signed as it is, in place of all of the above. */
  body?: string;
  /** Applies to the first attempt; those after it are as they must be. */
  fault?: NotificationFault;
  /** Seconds from each attempt to the next. Default: 15 times in 24 hours and 4 minutes. */
  schedule?: readonly number[];
}
