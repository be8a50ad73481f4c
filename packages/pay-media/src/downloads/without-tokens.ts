import { PayApiError } from "@wechat-edge/core";

/** Replaces the query of every address in a text: it has the token of a download_url, as sent or as a proxy changed it. */
export function withoutQueries(text: string): string {
  return text.replace(/\?[^\s"\\]+/g, "?…");
}

/** Throws an error again; one of WeChat Pay without the tokens, which a 401 shows as they were signed. */
export function withoutTokens(error: unknown): never {
  if (!(error instanceof PayApiError)) throw error;
  const { status, apiCode, apiMessage, detail, requestId, retryAfter, explanation } = error;
  const shown = { apiMessage, detail, explanation };
  const safe = JSON.parse(withoutQueries(JSON.stringify(shown))) as typeof shown;
  throw new PayApiError({ status, apiCode, requestId, retryAfter, ...safe });
}
