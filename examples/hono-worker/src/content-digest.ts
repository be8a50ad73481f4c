import { RequestError } from "./request-error.ts";

/**
 * Returns the SHA-256 in a Content-Digest header (RFC 9530) as hexadecimal, or undefined if it has none.
 * Throws RequestError (400) if it is malformed.
 */
export function sha256OfContentDigest(header: string | null): string | undefined {
  const member = (header ?? "")
    .split(",")
    .map((part) => part.trim())
    .find((part) => part.startsWith("sha-256="));
  if (member === undefined) return undefined;
  const base64 = /^sha-256=:([A-Za-z0-9+/]{43}=):$/.exec(member)?.[1];
  if (base64 === undefined) {
    throw new RequestError(400, {
      code: "ERR_CONTENT_DIGEST",
      message: `Content-Digest must be sha-256=:<base64 of the 32 bytes>:, not ${member}.`,
    });
  }
  return Array.from(atob(base64), (byte) => byte.charCodeAt(0).toString(16).padStart(2, "0")).join(
    "",
  );
}
