/** The members of node:http's ServerResponse that are used here. */
export interface ByteSink {
  readonly destroyed: boolean;
  /** Returns false if the next write should wait for "drain". */
  write(chunk: Uint8Array): boolean;
  on(event: "drain" | "close", listener: () => void): unknown;
  off(event: "drain" | "close", listener: () => void): unknown;
}

/** Writes up to `limit` bytes, no faster than the socket takes them, and returns their number. */
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

/** Settles when the socket accepts more or is closed. */
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
