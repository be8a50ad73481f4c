import { feature } from "../feature.ts";

/**
 * Whether fetch sends a stream with the length from a Content-Length header. The Fetch standard forbids the header and
 * sends streams chunked. Node keeps the header and sends the stream with that length, and so saves the two copies that
 * it makes of bytes. This looks for both signs of it: `duplex`, and the header in a Request.
 */
export function supportsLengthHeader(): boolean {
  kept ??= feature(isHeaderKept) ?? false;
  return kept;
}

/** Sends no more streams, after one was refused as having no length in spite of its header. */
export function disableLengthHeader(): void {
  kept = false;
}

/** Thrown when a stream is converted to a string: a fetch that replaces Node's may not support streams. */
export const streamSentAsText: Error = new TypeError("This fetch sends a stream as text.");

let kept: boolean | undefined;

function isHeaderKept(): boolean {
  const body = new ReadableStream();
  const headers = { "content-length": "1" };
  const init = { method: "POST", body, headers, duplex: "half" };
  const request = new Request("http://localhost/", init);
  return "duplex" in request && request.headers.get("content-length") === "1";
}
