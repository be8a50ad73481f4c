import { handler, httpAddress } from "../../http/recipient-rules.ts";
import { own } from "../../validation/own.ts";
import {
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
import type { Notification, NotificationFault } from "./notification.ts";
import { samples } from "./samples.ts";

const FAULTS: readonly NotificationFault[] = [
  "probe",
  "wrong-signature",
  "missing-signature",
  "unknown-serial",
  "stale",
  "tampered",
  "rewritten",
  "wrong-api-v3-key",
];

const isTextOrNull = (value: unknown): boolean => value === null || typeof value === "string";

const seconds = listOf(numberFrom(0, 1e9), "seconds");

export const notificationFields: Rule<Notification> = fields<Notification>({
  to: optional(handler),
  url: optional(httpAddress),
  event_type: optional(filledText),
  resource: optional(jsonObject),
  mchid: optional(text),
  id: optional(filledText),
  summary: optional(text),
  original_type: optional(text),
  associated_data: optional(that(isTextOrNull, "a string or null")),
  body: optional(text),
  fault: optional(oneOf(FAULTS)),
  schedule: optional(seconds),
});

/** A notification that a test sends. */
export const notificationRule: Rule<Notification> = together(
  notificationFields,
  ({ to, url, event_type = "TRANSACTION.SUCCESS", resource, body }) =>
    (to ?? url) !== undefined && (resource ?? body ?? own(samples, event_type)) !== undefined,
  `an object with "to" or "url", and with "resource" unless event_type is ${Object.keys(samples).join(", ")}`,
);
