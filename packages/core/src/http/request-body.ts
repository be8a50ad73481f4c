import { arrivingBytes } from "../bytes/arriving.ts";
import { feature } from "../feature.ts";
import type { FetchBody } from "./fetch-type.ts";
import { streamSentAsText } from "./length-header.ts";

/** A request body of known length: WeChat answers 412 to a chunked one. */
export interface RequestBody {
  /** Length in bytes. */
  readonly size: number;
  /** Whether {@link open} can be called again, for a retry. */
  readonly repeatable: boolean;
  /** `mayStream` is true if fetch takes the length of a stream from a header. */
  open(mayStream?: boolean): Promise<OpenBody>;
}

/** The body for fetch, and what tells whether it was produced. */
export interface OpenBody {
  readonly content: FetchBody;
  /** Set for a stream whose length must be sent in a header. */
  readonly length?: number;
  /** Rejects if the bytes could not be produced; the request is then cut off before it is complete. */
  readonly sent: Promise<void>;
}

/** For smaller bodies a stream is slower. */
const MIN_STREAM_BYTES = 64 * 1024;

/**
 * A body of bytes in memory, from several arrays that nobody may change until the call is over. Where a stream can have
 * a length, it is sent as a stream, which copies nothing. Elsewhere it is sent as a Blob: every runtime sends a Blob
 * with its length, and copies less than for one joined array.
 */
export function bytesBody(parts: readonly Uint8Array[]): RequestBody {
  let blob: Blob | undefined;
  return memoryBody(parts, () => {
    blob ??= new Blob(parts as Uint8Array<ArrayBuffer>[]);
    return blob;
  });
}

/**
 * The same for one array that is reused. Where a stream cannot have a length, the array itself is sent: it takes less
 * memory than a Blob, whose copy waits for the garbage collector.
 */
export function inMemoryBody(bytes: Uint8Array<ArrayBuffer>): RequestBody {
  return memoryBody([bytes], () => bytes);
}

function memoryBody(parts: readonly Uint8Array[], whole: () => FetchBody): RequestBody {
  const size = parts.reduce((sum, { byteLength }) => sum + byteLength, 0);
  return {
    size,
    repeatable: true,
    async open(mayStream = false) {
      const sent = Promise.resolve();
      return mayStream && size >= MIN_STREAM_BYTES
        ? { content: streamOf(parts), length: size, sent }
        : { content: whole(), sent };
    },
  };
}

function streamOf(parts: readonly Uint8Array[]): ReadableStream<Uint8Array<ArrayBuffer>> {
  const left = [...parts] as Uint8Array<ArrayBuffer>[];
  const stream = new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      pull(controller) {
        const part = left.shift();
        if (part === undefined) controller.close();
        else controller.enqueue(part);
      },
    },
    { highWaterMark: 0 },
  );
  const toPrimitive = (): never => {
    throw streamSentAsText;
  };
  return Object.defineProperty(stream, Symbol.toPrimitive, { value: toPrimitive });
}

/** Takes the next bytes, which may be written over once it has resolved. */
export type Write = (bytes: Uint8Array) => Promise<void>;

/**
 * A body that can be produced only once. Where the runtime has FixedLengthStream, which it sends with a length, the body
 * is passed on while it comes; elsewhere it is collected first. What `produce` writes must add up to `size`, or it throws.
 */
export function streamBody(size: number, produce: (write: Write) => Promise<void>): RequestBody {
  return {
    size,
    repeatable: false,
    async open() {
      const pipe = feature(() => fixedLengthStream(size));
      if (pipe === undefined) {
        const come = arrivingBytes(size);
        await produce(async (bytes) => come.add(bytes));
        // A Blob, because Deno's fetch sends plain bytes a second time if a kept-alive connection breaks.
        return { content: new Blob([come.whole()]), sent: Promise.resolve() };
      }
      return { content: pipe.readable, sent: pump(produce, pipe.writable) };
    },
  };
}

type ByteTransform = TransformStream<Uint8Array, Uint8Array<ArrayBuffer>>;
type FixedLengthStreamClass = new (length: number) => ByteTransform;

function fixedLengthStream(size: number): ByteTransform | undefined {
  const { FixedLengthStream } = globalThis as { FixedLengthStream?: FixedLengthStreamClass };
  return FixedLengthStream && new FixedLengthStream(size);
}

async function pump(
  produce: (write: Write) => Promise<void>,
  writable: WritableStream<Uint8Array>,
): Promise<void> {
  const writer = writable.getWriter();
  try {
    await produce((bytes) => writer.write(bytes));
    await writer.close();
  } catch (error) {
    await writer.abort(error).catch(() => undefined); // the stream may have failed already; report the first error
    throw error;
  }
}
