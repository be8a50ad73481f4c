import type { PayError } from "./error.ts";
import { signatureMessage } from "./signature.ts";

const SHOWN_BODY_BYTES = 8;

/** The first bytes as text, without a character cut in half (assumed). */
function shownBody(body: Uint8Array): string {
  let end = Math.min(body.length, SHOWN_BODY_BYTES);
  while (end > 0 && end < body.length && ((body[end] ?? 0) & 0xc0) === 0x80) end--;
  return new TextDecoder().decode(body.subarray(0, end));
}

/**
 * The 401 for a signature that does not verify.
 *
 * "reported" is a real answer, which nests the issue twice; "documented" has the form and text of the
 * documents.
 */
export function signError(
  form: "reported" | "documented",
  request: { method: string; url: string; timestamp: string; nonce: string; body: Uint8Array },
): PayError {
  const { method, url, timestamp, nonce, body } = request;
  const issue = "sign not match";
  return {
    status: 401,
    code: "SIGN_ERROR",
    message: form === "reported" ? "错误的签名,验签失败" : "错误的签名，导致验签失败。",
    detail: {
      ...(form === "reported" ? { detail: { issue } } : { issue }),
      field: "signature",
      location: "authorization",
      sign_information: {
        method,
        sign_message_length: signatureMessage(method, url, timestamp, nonce, body).length,
        truncated_sign_message: `${method}\n${url}\n${timestamp}\n${nonce}\n${shownBody(body)}\n`,
        url,
      },
    },
  };
}
