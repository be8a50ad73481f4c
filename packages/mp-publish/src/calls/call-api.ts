import {
  type JsonObject,
  MpApiError,
  type MpClient,
  type UnknownOutcomeOptions,
} from "@wechat-edge/core";
import {
  ARTICLE_ADVICE,
  advising,
  jsonBody,
  mpExchange,
  type RepeatRule,
  withAdvice,
} from "@wechat-edge/core/internal/mp";
import {
  type AbortSignal,
  BOOLEAN,
  checkInput,
  given,
  missingField,
  type OptionKinds,
} from "@wechat-edge/core/internal/upload";
import { saysUnreadableJson } from "../wire-texts.ts";

/** Options of every call. */
export interface CallOptions {
  /** Aborts the call, which rejects with the signal's own reason. */
  readonly signal?: AbortSignal | undefined;
}

/** How the options of a call are checked: of any, of one that is not safe to repeat, of one that deletes. */
export const CALL_OPTIONS: OptionKinds<CallOptions> = { signal: "signal" };
export const ONCE_OPTIONS: OptionKinds<CallOptions & UnknownOutcomeOptions> = {
  signal: "signal",
  retryUnknown: BOOLEAN,
};
export const DELETE_OPTIONS: OptionKinds<CallOptions & { deleteAll: unknown }> = {
  signal: "signal",
  deleteAll: BOOLEAN,
};

/** Advice on a refusal that replaces the general one; undefined keeps that. */
export type Advice = (error: MpApiError) => string | undefined;

/** Makes one JSON call: a GET if `body` is undefined. */
export async function callApi(
  mp: MpClient,
  operation: string,
  path: string,
  body: object | undefined,
  rule: RepeatRule,
  advice: Advice = () => undefined,
): Promise<JsonObject> {
  const method = body === undefined ? "GET" : "POST";
  const request = { operation, method, path, ...(body !== undefined && jsonBody(body)) };
  try {
    return await mpExchange(mp, request, rule).catch(advising(path, ARTICLE_ADVICE));
  } catch (error) {
    throw error instanceof MpApiError ? advised(error, advice) : error;
  }
}

function advised(error: MpApiError, advice: Advice): MpApiError {
  const text = advice(error) ?? (saysUnreadableJson(error.errmsg) ? UNREADABLE : undefined);
  return text === undefined ? error : withAdvice(error, text);
}

/** FAQ 5. */
const UNREADABLE =
  "WeChat could not read the JSON. A proxy between here and WeChat may have changed it or its encoding.";

/** A number of a reply. Throws ReplyError if it is missing. */
export function replyNumber(reply: JsonObject, field: string): number {
  const number = readNumber(reply[field]);
  if (number !== undefined) return number;
  throw missingField(field);
}

/** A number, also one that WeChat sends as a string; undefined for anything else. */
export function readNumber(value: unknown): number | undefined {
  if (typeof value === "string" && /^\d+$/.test(value)) return Number(value);
  return typeof value === "number" ? value : undefined;
}

/** A list of a reply. Its items are not checked. Throws ReplyError if it is missing. */
export function replyList(reply: JsonObject, field: string): readonly unknown[] {
  const value: unknown = reply[field];
  if (Array.isArray(value)) return value;
  throw missingField(field);
}

/** Throws TypeError if articles is not an array of objects, RangeError if it is empty or has more than `most`. */
export function checkArticles(
  what: string,
  articles: unknown,
  most: number = Number.POSITIVE_INFINITY,
): void {
  const wanted = most === 1 ? "exactly one article" : "at least one article";
  if (!Array.isArray(articles)) {
    throw new TypeError(`articles must be an array of ${wanted}, not ${given(articles)}.`);
  }
  const { length } = articles;
  if (length < 1 || length > most) {
    throw new RangeError(`articles must be an array of ${wanted}, not of ${length}.`);
  }
  for (const article of articles) checkInput(what, article, "articles that are objects");
}

/** Whether a value can be an id of WeChat. */
export function isId(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

/** Throws TypeError if an id is not a string or is empty. */
export function checkId(name: string, value: unknown): asserts value is string {
  if (isId(value)) return;
  throw new TypeError(`${name} must be a string that is not empty, not ${given(value)}.`);
}
