import { PayApiError, ReplyError } from "../errors.ts";
import { explainSignError } from "../pay/sign-error.ts";
import type { Reply, ReplyHead } from "./send.ts";

/** A JSON object off the wire. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** The error that a reply without a 2xx status stands for; `signed` is the string that was signed. */
export function payReplyError(
  reply: Reply,
  signed: Uint8Array,
  now: number,
): PayApiError | ReplyError {
  const about = {
    status: reply.status,
    requestId: requestIdOf(reply),
    retryAfter: retryAfterOf(reply, now),
  };
  const { code, message, detail } = parseObject(reply.body) ?? {};
  if (typeof code === "string") {
    const apiMessage = typeof message === "string" ? message : "";
    const serverDate = reply.headers.get("date");
    const explanation =
      reply.status === 401 && code === "SIGN_ERROR"
        ? explainSignError({ message: signed, apiMessage, detail, serverDate })
        : undefined;
    return new PayApiError({ ...about, apiCode: code, apiMessage, detail, explanation });
  }
  return new ReplyError(
    `The reply has status ${reply.status} and ${kindOf(reply)} instead of { code, message }: a gateway or a proxy answered, not WeChat Pay's API.`,
    about,
  );
}

/** The JSON object of a 2xx reply. Throws ReplyError where there is none. */
export function payReplyObject(reply: Reply): JsonObject {
  const json = parseObject(reply.body);
  if (json !== undefined) return json;
  throw new ReplyError(
    `The reply has status ${reply.status} and ${kindOf(reply)} instead of a JSON object.`,
    {
      status: reply.status,
      requestId: requestIdOf(reply),
    },
  );
}

/** The `Request-ID` header. */
export function requestIdOf(reply: ReplyHead): string | undefined {
  return reply.headers.get("request-id") ?? undefined;
}

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

/** What a reply holds, for a person to read. */
export function kindOf(reply: Reply): string {
  if (reply.body.byteLength === 0) return "an empty body";
  const type = reply.headers.get("content-type")?.split(";")[0] ?? "no content type";
  return `${reply.body.byteLength} bytes of ${type}`;
}
