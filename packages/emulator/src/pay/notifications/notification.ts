import type { FetchRequest, FetchResponse } from "../../http/fetch-type.ts";
import {
  anything,
  fields,
  filledText,
  jsonObject,
  listOf,
  numberFrom,
  oneOf,
  optional,
  type Rule,
  text,
  that,
  together,
} from "../../validation/rules.ts";
import { samples } from "./samples.ts";

const FAULTS = [
  "probe",
  "wrong-signature",
  "missing-signature",
  "unknown-serial",
  "stale",
  "tampered",
  "rewritten",
  "wrong-api-v3-key",
] as const;

/** What is wrong with the first attempt. */
export type NotificationFault = (typeof FAULTS)[number];

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

const isHttp = (value: unknown): boolean => /^https?:\/\//.test(String(value));
const handler = that((value) => typeof value === "function", "a function that answers a Request");

const seconds = listOf(numberFrom(0, 1e9), "seconds");

/** A notification that a test sends. */
export const notificationRule: Rule<Notification> = together(
  fields<Notification>({
    to: optional(handler),
    url: optional(that(isHttp, "an http or https address")),
    event_type: optional(filledText),
    resource: optional(jsonObject),
    mchid: optional(text),
    id: optional(filledText),
    summary: optional(text),
    original_type: optional(text),
    associated_data: optional(anything),
    body: optional(text),
    fault: optional(oneOf(FAULTS)),
    schedule: optional(seconds),
  }),
  ({ to, url, event_type = "TRANSACTION.SUCCESS", resource, body }) =>
    (to ?? url) !== undefined && (resource ?? body ?? samples[event_type]) !== undefined,
  `an object with "to" or "url", and with "resource" unless event_type is ${Object.keys(samples).join(", ")}`,
);
