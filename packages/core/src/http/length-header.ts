import { feature } from "../feature.ts";

/**
 * Whether fetch can be given a stream and, in a header, its length. By the Fetch standard it cannot: Content-Length is
 * no header of the caller's, and a stream goes out chunked. Node lets the header stand and sends the stream with that
 * length, without the two copies it makes of bytes. What is looked for are both signs of it.
 */
export function supportsLengthHeader(): boolean {
  kept ??= feature(keepsLengthHeader) ?? false;
  return kept;
}

/** To be said where a stream was refused as one without a length in spite of its header: none is sent again. */
export function disableLengthHeader(): void {
  kept = false;
}

/** Thrown by a stream that is taken for a string: a fetch that stands in for Node's may know no streams. */
export const streamSentAsText: Error = new TypeError(
  "This fetch sends a stream as the text of its name.",
);

let kept: boolean | undefined;

function keepsLengthHeader(): boolean {
  const body = new ReadableStream();
  const headers = { "content-length": "1" };
  const init = { method: "POST", body, headers, duplex: "half" };
  const request = new Request("http://localhost/", init);
  return "duplex" in request && request.headers.get("content-length") === "1";
}
