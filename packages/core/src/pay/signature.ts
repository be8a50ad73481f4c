import { decodeBase64, encodeBase64 } from "../bytes/base64.ts";
import { concatBytes } from "../bytes/concat.ts";
import { encodeUtf8 } from "../bytes/utf8.ts";
import type { CryptoKeyLike } from "./keys/crypto-key-like.ts";

/**
 * The bytes to sign for a request: method, path with query as sent, timestamp, nonce and body, each followed by a line
 * feed. The host is not among them. For an upload, the body is the meta JSON alone.
 */
export function requestMessage(request: {
  readonly method: string;
  readonly path: string;
  readonly timestamp: string;
  readonly nonce: string;
  readonly body: Uint8Array;
}): Uint8Array<ArrayBuffer> {
  const { method, path, timestamp, nonce, body } = request;
  return concatBytes([
    encodeUtf8(`${method}\n${path}\n${timestamp}\n${nonce}\n`),
    body,
    encodeUtf8("\n"),
  ]);
}

/** The bytes that a reply's signature covers: timestamp, nonce and the raw body, each followed by a line feed. */
export function replyMessage(reply: {
  readonly timestamp: string;
  readonly nonce: string;
  readonly body: Uint8Array;
}): Uint8Array<ArrayBuffer> {
  const { timestamp, nonce, body } = reply;
  return concatBytes([encodeUtf8(`${timestamp}\n${nonce}\n`), body, encodeUtf8("\n")]);
}

/** Signs with RSASSA-PKCS1-v1_5 and SHA-256; resolves with base64. */
export async function sign(key: CryptoKeyLike, message: Uint8Array<ArrayBuffer>): Promise<string> {
  const signature = await crypto.subtle.sign("RSASSA-PKCS1-v1_5", key as CryptoKey, message);
  return encodeBase64(new Uint8Array(signature));
}

/** Resolves with whether a signature is valid, or undefined if it is not base64. */
export async function verify(
  key: CryptoKeyLike,
  message: Uint8Array<ArrayBuffer>,
  signature: string,
): Promise<boolean | undefined> {
  const bytes = decodeBase64(signature);
  return bytes && crypto.subtle.verify("RSASSA-PKCS1-v1_5", key as CryptoKey, bytes, message);
}
