import type { AbortSignal } from "../async/abort-signal.ts";
import {
  OutcomeUnknownError,
  ReplyError,
  type UnknownOutcome,
  type WechatError,
} from "../errors.ts";
import { encodeQuery } from "../http/query.ts";
import type { JsonObject } from "../http/reply.ts";
import { withRetry } from "../http/retry.ts";
import { mayHaveBeenDone } from "../http/unknown-outcome.ts";
import { type MpCall, sendMp } from "./call.ts";
import { type MpClient, mpParts } from "./client.ts";
import { isTokenErrcode, SYSTEM_BUSY, TOO_FAST } from "./errcodes.ts";
import { MpApiError, withAdvice } from "./errors.ts";
import { tokenSecret } from "./redact.ts";
import type { Tokens } from "./tokens/tokens.ts";

/** How a call may be repeated. */
export interface RepeatRule {
  readonly signal?: AbortSignal | undefined;
  /**
   * Where a second one would do harm: what to look at after a lost reply, which is then an
   * OutcomeUnknownError; so is a success that holds none of the ids it `gives`. Left out where the call may be repeated.
   */
  readonly once?: (UnknownOutcome & { readonly gives?: readonly string[] }) | undefined;
  /** The caller's consent to repeat it nevertheless. */
  readonly retryUnknown?: boolean | undefined;
}

/** Sends one JSON call, again where that may help, with another token where WeChat refuses the first. */
export async function mpExchange(
  mp: MpClient,
  call: MpCall,
  { signal, once, retryUnknown }: RepeatRule,
): Promise<JsonObject> {
  const rule = { signal, once: retryUnknown === true ? undefined : once };
  return withToken(mp, call, rule, async (token, attempt) => {
    const gateway = { baseUrl: call.baseUrl ?? mp.baseUrl, transport: mpParts(mp).transport };
    const reply = await sendMp(gateway, call, tokenSecret(token), rule.signal, attempt);
    const { gives } = rule.once ?? {};
    if (gives === undefined || gives.some((id) => isId(reply[id]))) return reply;
    throw new ReplyError(`The reply reports success but has no ${gives.join(" or ")}.`, {
      status: 200,
    });
  });
}

function isId(value: unknown): boolean {
  return (typeof value === "string" && value !== "") || typeof value === "number";
}

/**
 * Runs the tries of a call, each with a token that should work. A refused token is replaced and the
 * call repeated once, whatever it does: WeChat has done nothing yet.
 */
export async function withToken<T>(
  mp: MpClient,
  call: MpCall,
  rule: RepeatRule,
  send: (token: string, attempt: number) => Promise<T>,
): Promise<T> {
  const { transport, tokens } = mpParts(mp);
  const { signal } = rule;
  encodeQuery(call.query); // before a token is taken
  const replayable = call.body?.repeatable ?? true;
  let attempts = 0;
  const tries = (token: string): Promise<T> =>
    withRetry(transport, { repeatable: mayRepeat(rule, replayable), signal }, () => {
      attempts += 1;
      return send(token, attempts);
    }).catch((error: unknown) => {
      if (rule.once === undefined || !isUnknown(error)) throw error;
      throw new OutcomeUnknownError({ ...rule.once, step: call.operation, cause: error });
    });

  const token = await tokens.get(signal);
  try {
    return await tries(token);
  } catch (error) {
    if (!isTokenError(error)) throw error;
    const other = await tokens.replace(token, signal);
    if (other === undefined) throw withAdvice(error, sameToken(mp.appid, tokens.kind));
    if (!replayable) throw withAdvice(error, STREAM_GONE);
    return tries(other).catch((second: unknown) => {
      throw isTokenError(second) ? withAdvice(second, otherToken(mp.appid, tokens.kind)) : second;
    });
  }
}

function mayRepeat(rule: RepeatRule, replayable: boolean): (error: WechatError) => boolean {
  if (!replayable) return () => false;
  if (rule.once === undefined) return () => true;
  return (error) => error instanceof MpApiError && error.errcode === TOO_FAST;
}

/** Whether what was asked for may have been done in spite of this error. */
function isUnknown(error: unknown): boolean {
  if (error instanceof MpApiError) return error.errcode === SYSTEM_BUSY;
  return mayHaveBeenDone(error);
}

function isTokenError(error: unknown): error is MpApiError {
  return error instanceof MpApiError && isTokenErrcode(error.errcode);
}

const STREAM_GONE =
  "The token was replaced, but a stream can be sent only once: call again with the file.";

function sameToken(appid: string, kind: Tokens["kind"]): string {
  // A token of the stable kind was forced just now and may be forced again in a while.
  const later =
    kind === "stable"
      ? " A new token can be forced once in 30 seconds and 20 times a day: try again later."
      : "";
  return `WeChat returned the very token that it had refused. ${whyRefused(appid, kind)}${later}`;
}

function otherToken(appid: string, kind: Tokens["kind"]): string {
  return `WeChat refused two different tokens, one after the other. ${whyRefused(appid, kind)}`;
}

/** 媒体API文档 knows two causes: the token is another account's, or a newer one was taken. */
function whyRefused(appid: string, kind: Tokens["kind"]): string {
  if (kind === "provided") {
    return `Either getAccessToken returns tokens of another account than ${appid}, or another program requests new tokens, and each new token invalidates the one before. Check for which account the tokens are, and which programs take any.`;
  }
  const own = `The token was taken with the secret of ${appid} itself`;
  return kind === "plain"
    ? `${own}, so another program must be requesting new tokens (/cgi-bin/token), and each new token invalidates the one before. Let one process alone request tokens, or use token: "stable".`
    : `${own}, and /cgi-bin/token does not affect it, so another program must be forcing new tokens (force_refresh of /cgi-bin/stable_token), and each new token invalidates the one before.`;
}
