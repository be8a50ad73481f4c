import { encodeUtf8 } from "../../bytes/utf8.ts";
import { ReplyError } from "../../errors.ts";
import { shown } from "../../given.ts";
import type { JsonObject } from "../../http/reply.ts";
import { bytesBody } from "../../http/request-body.ts";
import { withRetry } from "../../http/retry.ts";
import { type MpCall, type MpGateway, sendMp } from "../call.ts";
import type { Secrets } from "../redact.ts";

/** The two kinds of access_token: from `/cgi-bin/stable_token` or `/cgi-bin/token`. They do not affect each other. */
export type TokenKind = "stable" | "plain";

/** A token from WeChat. */
export interface IssuedToken {
  readonly value: string;
  /** Seconds until it expires. */
  readonly lifetime: number;
}

/** Printable ASCII. WeChat's documents ask for room for at least 512 characters. */
const TOKEN = /^[\x21-\x7e]{1,4096}$/;

/** Whether a value can be an access_token. */
export function isToken(value: unknown): value is string {
  return typeof value === "string" && TOKEN.test(value);
}

/**
 * Requests a token from WeChat (获取 Access token, 获取稳定版接口调用凭据). With `force`, `stable` returns a new one.
 * Throws MpApiError, ReplyError, NetworkError or TimeoutError.
 */
export async function issueToken(
  gateway: MpGateway,
  account: { readonly appid: string; readonly secret: string; readonly kind: TokenKind },
  force: boolean,
): Promise<IssuedToken> {
  const { call, secrets } = tokenCall(account, force);
  const reply = await withRetry(gateway.transport, { repeatable: true }, (attempt) =>
    sendMp(gateway, call, secrets, undefined, attempt),
  );
  return readToken(reply, call.path);
}

function tokenCall(
  { appid, secret, kind }: { appid: string; secret: string; kind: TokenKind },
  force: boolean,
): { call: MpCall; secrets: Secrets } {
  const grant_type = "client_credential";
  if (kind === "plain") {
    return {
      call: {
        operation: "getAccessToken",
        method: "GET",
        path: "/cgi-bin/token",
        query: { grant_type, appid },
      },
      secrets: { query: { secret }, hidden: [secret] },
    };
  }
  const body = { grant_type, appid, secret, ...(force && { force_refresh: true }) };
  return {
    call: {
      operation: "getStableAccessToken",
      method: "POST",
      path: "/cgi-bin/stable_token",
      contentType: "application/json",
      body: bytesBody([encodeUtf8(JSON.stringify(body))]),
    },
    secrets: { query: {}, hidden: [secret] },
  };
}

/** Reads a token and its lifetime. Throws ReplyError if the reply has none. */
export function readToken(
  reply: JsonObject,
  endpoint: string,
  field = "access_token",
): IssuedToken {
  const { [field]: value, expires_in } = reply;
  if (!isToken(value)) {
    throw new ReplyError(`The reply to ${endpoint} has no ${field}.`, { status: 200 });
  }
  // Some proxies turn numbers into strings.
  const lifetime = typeof expires_in === "string" ? Number(expires_in) : expires_in;
  if (typeof lifetime !== "number" || !Number.isFinite(lifetime) || lifetime <= 0) {
    throw new ReplyError(
      `The reply to ${endpoint} has expires_in ${shown(expires_in)}, which must be a number of seconds above 0.`,
      { status: 200 },
    );
  }
  return { value, lifetime };
}
