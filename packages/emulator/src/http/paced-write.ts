/** What is used of a response that goes out through a socket. */
export interface ByteSink {
  readonly destroyed: boolean;
  /** False: no more until "drain". */
  write(chunk: Uint8Array): boolean;
  on(event: "drain" | "close", listener: () => void): unknown;
  off(event: "drain" | "close", listener: () => void): unknown;
}

/** Writes up to `limit` bytes, no faster than the socket takes them, and gives how many it were. */
export async function writePaced(
  body: ReadableStream<Uint8Array> | null,
  limit: number,
  outgoing: ByteSink,
  sent?: (bytes: number) => void,
): Promise<number> {
  const reader = body?.getReader();
  let written = 0;
  while (reader && written < limit && !outgoing.destroyed) {
    const { value } = await reader.read();
    if (value === undefined) break;
    const chunk = value.subarray(0, limit - written);
    const flowing = outgoing.write(chunk);
    written += chunk.length;
    sent?.(chunk.length);
    if (!flowing) await drained(outgoing);
  }
  await reader?.cancel();
  return written;
}

/** Settles when the socket takes more, or is gone. */
function drained(outgoing: ByteSink): Promise<void> {
  return new Promise((resolve) => {
    if (outgoing.destroyed) {
      resolve();
      return;
    }
    const done = (): void => {
      outgoing.off("drain", done);
      outgoing.off("close", done);
      resolve();
    };
    outgoing.on("drain", done);
    outgoing.on("close", done);
  });
}
