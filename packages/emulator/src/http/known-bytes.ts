const known = new WeakMap<Response, Uint8Array>();

/** A response whose bytes can be had without a clone, which costs a browser more than the answer itself. */
export function bytesReply(bytes: Uint8Array<ArrayBuffer>, init: ResponseInit): Response {
  const response = new Response(bytes, init);
  known.set(response, bytes);
  return response;
}

/** What {@link bytesReply} made a response of. */
export const knownBytes = (response: Response): Uint8Array | undefined => known.get(response);
