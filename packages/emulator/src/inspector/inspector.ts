import { base64Encode } from "../bytes/base64.ts";
import { inspectorPage, type PageRequest } from "./page.ts";

/** The page runs and reaches its own script and this origin alone, and nobody frames it. */
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
  const nonce = base64Encode(crypto.getRandomValues(new Uint8Array(18)));
  return new Response(inspectorPage(request, nonce), {
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": policy(nonce),
      "cache-control": "no-store",
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-resource-policy": "same-origin",
      "referrer-policy": "same-origin",
      "x-content-type-options": "nosniff",
    },
  });
}
