import { ReplyError } from "../errors.ts";
import type { Reply } from "./send.ts";

/** A JSON object off the wire. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Milliseconds of `Retry-After`, which is seconds or an HTTP date. */
export function retryAfterOf(reply: Reply, now: number): number | undefined {
  const value = reply.headers.get("retry-after");
  if (value === null) return undefined;
  const ms = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - now;
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}

/** The JSON object that a body holds, or undefined. */
export function parseObject(body: Uint8Array): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as JsonObject)
      : undefined;
  } catch {
    return undefined; // the caller says what came instead
  }
}

/** The text that a reply must hold under one of `fields`. Throws ReplyError. */
export function requiredText(reply: JsonObject, ...fields: string[]): string {
  for (const field of fields) {
    const value = reply[field];
    if (typeof value === "string" && value !== "") return value;
  }
  throw missingField(fields.join(" or "));
}

/** The error of a reply that reports success but lacks what it must hold. */
export function missingField(field: string): ReplyError {
  return new ReplyError(`The reply reports success but has no usable ${field}.`, { status: 200 });
}

/** What a reply holds, for a person to read. */
export function kindOf(reply: Reply): string {
  if (reply.body.byteLength === 0) return "an empty body";
  const type = reply.headers.get("content-type")?.split(";")[0] ?? "no content type";
  return `${reply.body.byteLength} bytes of ${type}`;
}
