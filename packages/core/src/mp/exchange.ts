import type { AbortSignal } from "../async/abort-signal.ts";
import type { WechatError } from "../errors.ts";
import { encodeQuery } from "../http/query.ts";
import type { JsonObject } from "../http/reply.ts";
import { withRetry } from "../http/retry.ts";
import { type MpCall, sendMp } from "./call.ts";
import { type MpClient, mpParts } from "./client.ts";
import { isTokenErrcode } from "./errcodes.ts";
import { MpApiError, withAdvice } from "./errors.ts";
import { tokenSecret } from "./redact.ts";
import type { Tokens } from "./tokens/tokens.ts";

/** What holds for a call that must not be done twice. */
export interface OnceRule {
  mayRepeat(error: WechatError): boolean;
  /** Whether WeChat may have carried out the call in spite of an error. */
  isUnknown(error: unknown): boolean;
  /** Returns the error in place of one that leaves this open. */
  explained(step: string, error: unknown): unknown;
  /** Throws an error for a success that shows no result. */
  checkReply(reply: JsonObject): void;
}

/** Whether and when a call may be repeated. */
export interface RepeatRule {
  readonly signal?: AbortSignal | undefined;
  /** Set if a second call would do harm. */
  readonly once?: OnceRule | undefined;
  /** Repeats the call nevertheless. */
  readonly retryUnknown?: boolean | undefined;
}

/** Sends one JSON call, retries where the rule allows it, and takes another token if WeChat refuses the first. */
export async function mpExchange(
  mp: MpClient,
  call: MpCall,
  { signal, once, retryUnknown }: RepeatRule,
): Promise<JsonObject> {
  const rule = { signal, once: retryUnknown === true ? undefined : once };
  return withToken(mp, call, rule, async (token, attempt) => {
    const gateway = { baseUrl: call.baseUrl ?? mp.baseUrl, transport: mpParts(mp).transport };
    const request = { ...call, once: rule.once !== undefined };
    let isAnswered = false;
    const note = (): void => {
      isAnswered = true;
    };
    try {
      const reply = await sendMp(gateway, request, tokenSecret(token), signal, attempt, note);
      rule.once?.checkReply(reply);
      return reply;
    } catch (error) {
      // Whatever fails here after the reply, WeChat may have carried out the call.
      const isRefused = error instanceof MpApiError || !isAnswered;
      throw isRefused || rule.once === undefined
        ? error
        : rule.once.explained(call.operation, error);
    }
  });
}

/**
 * Runs the tries of a call with a token. After a refused token, the call is repeated with another one, even a call that
 * must not be done twice: WeChat did not carry out the first.
 */
export async function withToken<T>(
  mp: MpClient,
  call: MpCall,
  rule: RepeatRule,
  send: (token: string, attempt: number) => Promise<T>,
): Promise<T> {
  const { transport, tokens } = mpParts(mp);
  const { signal } = rule;
  encodeQuery(call.query); // throws before a token is taken
  const replayable = call.body?.repeatable ?? true;
  let attempts = 0;
  const repeatable = (error: WechatError): boolean =>
    replayable && (rule.once?.mayRepeat(error) ?? true);
  const tries = (token: string): Promise<T> =>
    withRetry(transport, { repeatable, signal }, () => {
      attempts += 1;
      return send(token, attempts);
    }).catch((error: unknown) => {
      throw rule.once?.isUnknown(error) ? rule.once.explained(call.operation, error) : error;
    });

  let token = await tokens.get(signal);
  // Who provides tokens may have had another that was refused too: it is known to be only when it is refused here.
  for (let left = tokens.kind === "provided" ? 2 : 1; ; left--) {
    try {
      return await tries(token);
    } catch (error) {
      if (!isTokenError(error)) throw error;
      if (left === 0) throw withAdvice(error, otherToken(mp.appid, tokens.kind));
      const other = await tokens.replace(token, signal);
      if (other === undefined) throw withAdvice(error, sameToken(mp.appid, tokens.kind));
      if (!replayable) throw withAdvice(error, STREAM_GONE);
      token = other;
    }
  }
}

function isTokenError(error: unknown): error is MpApiError {
  return error instanceof MpApiError && isTokenErrcode(error.errcode);
}

const STREAM_GONE =
  "The token was replaced, but a stream can be sent only once: call again with the file.";

function sameToken(appid: string, kind: Tokens["kind"]): string {
  // A stable token was forced just now, and can be forced again later.
  const later =
    kind === "stable"
      ? " A new token can be forced once in 30 seconds and 20 times a day: try again later."
      : "";
  return `WeChat returned the same token that it had refused. ${whyRefused(appid, kind)}${later}`;
}

function otherToken(appid: string, kind: Tokens["kind"]): string {
  return `WeChat refused two different tokens, one after the other. ${whyRefused(appid, kind)}`;
}

/** 媒体API文档 names two causes: the token belongs to another account, or somebody took a newer one. */
function whyRefused(appid: string, kind: Tokens["kind"]): string {
  if (kind === "provided") {
    return `Either getAccessToken returns tokens of another account than ${appid}, or another program requests new tokens, and each new token invalidates the one before. Check which account these tokens belong to, and which programs request tokens.`;
  }
  const own = `The token was taken with the secret of ${appid} itself`;
  return kind === "plain"
    ? `${own}, so another program must be requesting new tokens (/cgi-bin/token), and each new token invalidates the one before. Let one process alone request tokens, or use token: "stable".`
    : `${own}, and /cgi-bin/token does not affect it, so another program must be forcing new tokens (force_refresh of /cgi-bin/stable_token), and each new token invalidates the one before.`;
}
