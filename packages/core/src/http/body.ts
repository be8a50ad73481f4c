import { feature } from "../feature.ts";
import type { FetchBody } from "./fetch-type.ts";
import { streamSentAsText } from "./length-header.ts";

/** A request body whose length is known before it is sent: WeChat answers 412 to a chunked one. */
export interface RequestBody {
  /** Length in bytes. */
  readonly size: number;
  /** Whether {@link open} can be called again, for a retry. */
  readonly repeatable: boolean;
  /** `mayStream` where fetch can be told a stream's length in a header. */
  open(mayStream?: boolean): Promise<OpenBody>;
}

/** What is given to fetch, and the fate of what feeds it. */
export interface OpenBody {
  readonly content: FetchBody;
  /** Of a stream that needs it in a header. */
  readonly length?: number;
  /** Rejects where the bytes could not be produced; the request is then cut before it is complete. */
  readonly sent: Promise<void>;
}

/** Smaller bodies are not worth a stream. */
const MIN_STREAM_BYTES = 64 * 1024;

/**
 * A body of bytes in memory, one array after another, which nobody changes until the call is over. It goes out as a
 * stream where that can have a length: nothing copies the bytes. Else as a Blob: every runtime sends one with its
 * length, and with less copying than one joined array.
 */
export function bytesBody(parts: readonly Uint8Array[]): RequestBody {
  let blob: Blob | undefined;
  return memoryBody(parts, () => {
    blob ??= new Blob(parts as Uint8Array<ArrayBuffer>[]);
    return blob;
  });
}

/**
 * The same of one array out of a pool: where no stream can have a length the bytes themselves go out, which cost less
 * memory than a Blob, whose copy waits for the collector.
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
      const pipe = feature(() => fixedLengthStream(size));
      if (pipe === undefined) {
        // Not the bytes: Deno's fetch sends those a second time by itself where a kept connection breaks.
        return { content: new Blob([await collect(size, chunks)]), sent: Promise.resolve() };
      }
      return { content: pipe.readable, sent: pump(chunks, pipe.writable) };
    },
  };
}

type ByteTransform = TransformStream<Uint8Array, Uint8Array<ArrayBuffer>>;
type FixedLengthStreamClass = new (length: number) => ByteTransform;

function fixedLengthStream(size: number): ByteTransform | undefined {
  const { FixedLengthStream } = globalThis as { FixedLengthStream?: FixedLengthStreamClass };
  return FixedLengthStream && new FixedLengthStream(size);
}

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
