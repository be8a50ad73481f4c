import type { Hono } from "hono";
import type { Bindings } from "../http/api-route.ts";

/** What was answered last, by request id. */
export interface Answers {
  of(requestId: string): string | undefined;
}

const MAX_ANSWERS = 1000;
const MAX_BYTES = 4096;

const withoutTokens = (text: string): string =>
  text.replace(/("access_token"\s*:\s*")[^"]*/g, "$1…");

/** Files, pages and long lists are left alone: only what says how a call fared is of interest. */
const isShortText = (headers: Headers): boolean =>
  /^(application\/json|text\/plain)/.test(headers.get("content-type") ?? "") &&
  Number(headers.get("content-length") ?? 0) <= MAX_BYTES;

export interface KeptAnswers extends Answers {
  /** Keeps the texts answered by the routes that are added to the app after this call. */
  watch(app: Hono<Bindings>): void;
}

export function createAnswers(): KeptAnswers {
  let kept = new Map<string, string>();
  return {
    of: (requestId) => kept.get(requestId),
    watch(app) {
      app.use(async (context, next) => {
        await next();
        const { entry, delivery } = context.env.exchange;
        if (delivery.counted) return;
        if (entry.code === undefined && !isShortText(context.res.headers)) return;
        const text = await context.res.clone().text();
        kept.set(entry.requestId, withoutTokens(text).slice(0, MAX_BYTES));
        if (kept.size > MAX_ANSWERS) kept = new Map([...kept].slice(MAX_ANSWERS / 2));
      });
    },
  };
}
