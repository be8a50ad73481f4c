import { base64Encode } from "../bytes/base64.ts";
import { randomBytes } from "../bytes/random.ts";
import type { Markup } from "../html/html.ts";
import { inspectorPage, type PageRequest } from "./page.ts";

const HEADERS = {
  "content-type": "text/html; charset=utf-8",
  "cache-control": "no-store",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "same-origin",
  "x-content-type-options": "nosniff",
};

/** Only its own script and style, requests to this origin only, no framing. */
const policy = (nonce: string): string =>
  [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; ");

/** Answers the inspector page. */
export function answerInspector(request: PageRequest): Response {
  const nonce = base64Encode(randomBytes(18));
  return new Response(inspectorPage(request, nonce), {
    headers: { ...HEADERS, "content-security-policy": policy(nonce) },
  });
}

/** Answers a fragment of the page, which on its own may neither run nor load anything. */
export const answerMarkup = (markup: Markup): Response =>
  new Response(String(markup), {
    headers: { ...HEADERS, "content-security-policy": "sandbox; default-src 'none'" },
  });
