import type { Hono } from "hono";
import type { Bindings } from "../http/api-route.ts";
import { knownBytes } from "../http/known-bytes.ts";
import { type RequestText, requestText } from "./request-text.ts";
import { withoutSecrets } from "./secrets.ts";

/** A request and its answer, as the page shows them. */
export interface CallRecord extends RequestText {
  answer?: string;
}

/** Requests and answers of the last calls, by request id. */
export interface CallRecords {
  of(requestId: string): CallRecord | undefined;
  /** Records the calls of the routes added to the app after this. */
  watch(app: Hono<Bindings>): void;
}

const MAX_RECORDS = 1000;
const MAX_ANSWER_LETTERS = 4096;
const decoder = new TextDecoder();

/** Whether an answer is worth recording: not a file, a page or a long list. */
const isShortText = (headers: Headers): boolean =>
  /^(application\/json|text\/plain)/.test(headers.get("content-type") ?? "") &&
  Number(headers.get("content-length") ?? 0) <= MAX_ANSWER_LETTERS;

export function createCallRecords(): CallRecords {
  let kept = new Map<string, CallRecord>();
  return {
    of: (requestId) => kept.get(requestId),
    watch(app) {
      app.use(async (context, next) => {
        const { request, entry, delivery } = context.env.exchange;
        const record: CallRecord = requestText(request);
        kept.set(entry.requestId, record);
        if (kept.size > MAX_RECORDS) kept = new Map([...kept].slice(MAX_RECORDS / 2));
        await next();
        if (delivery.counted) return;
        if (entry.code === undefined && !isShortText(context.res.headers)) return;
        const bytes = knownBytes(context.res);
        const text = bytes ? decoder.decode(bytes) : await context.res.clone().text();
        record.answer = withoutSecrets(text).slice(0, MAX_ANSWER_LETTERS);
      });
    },
  };
}
