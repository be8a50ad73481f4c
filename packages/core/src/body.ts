/** A request body whose length is known before it is sent: WeChat answers 412 to a chunked one. */
export interface RequestBody {
  /** Length in bytes. */
  readonly size: number;
  /** Whether {@link open} can be called again, for a retry. */
  readonly repeatable: boolean;
  open(): Promise<OpenBody>;
}

/** What is given to fetch, and the fate of what feeds it. */
export interface OpenBody {
  readonly content: BodyInit;
  /** Rejects where the bytes could not be produced; the request is then cut before it is complete. */
  readonly sent: Promise<void>;
}

/**
 * A body of bytes in memory, one array after another. It goes out as a Blob: every runtime sends one
 * with its length, and Node half as fast again as one joined array, which it would copy once more.
 */
export function bytesBody(parts: readonly Uint8Array[]): RequestBody {
  const content = new Blob(parts as Uint8Array<ArrayBuffer>[]);
  return {
    size: content.size,
    repeatable: true,
    open: async () => ({ content, sent: Promise.resolve() }),
  };
}

/**
 * A body of bytes in memory that nobody changes until the call is over: they are not copied here, and
 * buffers can go round. Bytes cost less memory than a Blob, whose copy waits for the collector.
 */
export function heldBody(bytes: Uint8Array<ArrayBuffer>): RequestBody {
  return {
    size: bytes.byteLength,
    repeatable: true,
    open: async () => ({ content: bytes, sent: Promise.resolve() }),
  };
}

/**
 * A body that is read once. It is passed on while it comes where the runtime has FixedLengthStream
 * (the only stream that any runtime sends with a length), else collected first.
 * The chunks must add up to `size`, or throw.
 */
export function streamBody(size: number, read: () => AsyncIterable<Uint8Array>): RequestBody {
  return {
    size,
    repeatable: false,
    async open() {
      const chunks = read();
      const { FixedLengthStream } = globalThis as { FixedLengthStream?: FixedLengthStreamClass };
      if (FixedLengthStream === undefined) {
        return { content: await collect(size, chunks), sent: Promise.resolve() };
      }
      const { readable, writable } = new FixedLengthStream(size);
      return { content: readable, sent: pump(chunks, writable) };
    },
  };
}

type FixedLengthStreamClass = new (length: number) => TransformStream<Uint8Array, Uint8Array>;

async function collect(
  size: number,
  chunks: AsyncIterable<Uint8Array>,
): Promise<Uint8Array<ArrayBuffer>> {
  const whole = new Uint8Array(size);
  let at = 0;
  for await (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.byteLength;
  }
  return whole;
}

async function pump(
  chunks: AsyncIterable<Uint8Array>,
  writable: WritableStream<Uint8Array>,
): Promise<void> {
  const writer = writable.getWriter();
  try {
    for await (const chunk of chunks) await writer.write(chunk);
    await writer.close();
  } catch (error) {
    await writer.abort(error).catch(() => undefined); // the stream has failed already; the first error counts
    throw error;
  }
}
