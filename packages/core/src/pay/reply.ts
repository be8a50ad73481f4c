import { ReplyError } from "../errors.ts";
import {
  type JsonObject,
  kindOf,
  parseObject,
  type Reply,
  type ReplyHead,
  retryAfterOf,
} from "../http/reply.ts";
import { parseWholeNumbers } from "../http/whole-numbers.ts";
import { PayApiError } from "./errors.ts";
import { explainSignError } from "./sign-error.ts";

/** Makes the error for a reply whose status is not 2xx; `signed` is the string that was signed. */
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
  // Reported of WeChat Pay for a path or a method that it does not have.
  if (/^40[45]$/.test(`${reply.status}`) && reply.body.byteLength === 0) {
    return new ReplyError(
      `The reply has status ${reply.status} and no body: WeChat Pay (or the emulator) has no such path or method, or a proxy answered.`,
      about,
    );
  }
  return new ReplyError(
    `The reply has status ${reply.status} and ${kindOf(reply)} instead of { code, message }: a gateway or a proxy answered, not WeChat Pay's API.`,
    about,
  );
}

/**
 * Returns the JSON object of a 2xx reply; whole numbers beyond 2^53 are strings. Throws ReplyError if the body is not
 * one.
 */
export function payReplyObject(reply: Reply): JsonObject {
  const json = parseWholeNumbers(reply.body);
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
