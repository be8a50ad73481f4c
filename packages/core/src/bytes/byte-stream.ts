import type { AbortSignal } from "../async/abort-signal.ts";
import type { ReadableStreamLike } from "./readable-stream-like.ts";

/**
 * The type of `response.body` in your program, by the types of its own `fetch`. So `new Response(stream)`, `for await` and
 * `Readable.fromWeb` accept a stream of this type if they accept that body.
 */
export type ByteStream = typeof globalThis extends {
  fetch: (...args: never) => Promise<{ readonly body: infer Body }>;
}
  ? NonNullable<Body>
  : ReadableStreamLike;

/** Bytes that come piece by piece. */
export interface ByteReader {
  /** Resolves with the next bytes, or undefined at the end. */
  read(): Promise<Uint8Array | undefined>;
  cancel(reason?: unknown): Promise<void>;
}

/** The stream of a reader. It reads nothing before its own reader asks, and cancels the reader when reading fails. */
export function byteStream(reader: ByteReader, signal: AbortSignal | undefined): ByteStream {
  return new ReadableStream(
    {
      async pull(controller) {
        try {
          // Bytes in memory do not notice an abort.
          signal?.throwIfAborted();
          const bytes = (await reader.read()) as Uint8Array<ArrayBuffer> | undefined;
          if (bytes === undefined) controller.close();
          else controller.enqueue(bytes);
        } catch (error) {
          await reader.cancel(error);
          throw error;
        }
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}

/** A reader that hands out bytes that were read before, and then the rest. */
export function precededBy(head: Uint8Array, rest: ByteReader): ByteReader {
  let first: Uint8Array | undefined = head;
  return {
    async read() {
      const bytes = first ?? (await rest.read());
      first = undefined;
      return bytes;
    },
    cancel: (reason) => rest.cancel(reason),
  };
}
