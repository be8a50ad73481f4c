import { asBytes } from "../bytes/as-bytes.ts";
import type { ReadableStreamLike } from "../bytes/readable-stream-like.ts";
import { feature } from "../feature.ts";
import { given } from "../given.ts";

/** Takes the chunks of a stream. */
export interface ChunkReader {
  /**
   * Resolves with the next chunk that has bytes, or undefined at the end. `spent` is a chunk that nobody needs any
   * more: it may be written over. Throws TypeError for a chunk that is no Uint8Array.
   */
  read(spent?: Uint8Array): Promise<Uint8Array | undefined>;
  /** Cancels the stream. */
  cancel(reason: unknown): Promise<void>;
  /** Leaves the rest of the stream to others. */
  release(): void;
}

/** The body of a request to a Worker comes in small chunks, and each costs CPU. */
const LARGE_CHUNK_BYTES = 256 * 1024;

/** The readers of Workers fill an array of the caller's with at least so many bytes. */
interface FillingReader {
  readAtLeast?(
    least: number,
    view: Uint8Array<ArrayBuffer>,
  ): Promise<{ done: boolean; value?: Uint8Array<ArrayBuffer> | undefined }>;
  cancel(reason?: unknown): Promise<void>;
  releaseLock(): void;
}

/** Begins to read a stream, in large chunks where the runtime can. */
export function openChunks(stream: ReadableStreamLike): ChunkReader {
  return feature(() => largeChunks(stream)) ?? chunksAsTheyCome(stream);
}

function largeChunks(stream: ReadableStreamLike): ChunkReader | undefined {
  const filling = stream as unknown as { getReader(options: object): FillingReader };
  const reader = filling.getReader({ mode: "byob" });
  if (reader.readAtLeast === undefined) {
    reader.releaseLock();
    return undefined;
  }
  let isDone = false;
  return {
    async read(spent) {
      if (isDone) return undefined;
      const isWhole = spent?.buffer.byteLength === LARGE_CHUNK_BYTES;
      const buffer = isWhole ? (spent.buffer as ArrayBuffer) : new ArrayBuffer(LARGE_CHUNK_BYTES);
      const result = await reader.readAtLeast?.(LARGE_CHUNK_BYTES, new Uint8Array(buffer));
      isDone = result?.done !== false;
      // The last bytes come together with the end, or before it.
      return result?.value?.byteLength ? result.value : this.read();
    },
    cancel: (reason) => reader.cancel(reason),
    release: () => reader.releaseLock(),
  };
}

function chunksAsTheyCome(stream: ReadableStreamLike): ChunkReader {
  const reader = stream.getReader();
  return {
    async read() {
      for (let empty = 1; ; empty++) {
        const { done, value } = await reader.read();
        if (done) return undefined;
        if (!ArrayBuffer.isView(value) || asBytes(value) === undefined) {
          throw new TypeError(
            `The chunks of the stream must be Uint8Arrays; one was ${given(value)}.`,
          );
        }
        // To hold back a chunk of no bytes would hold back nothing.
        if (value.byteLength > 0) return value;
        // A stream of nothing must not keep the timers, which end it, from running.
        if (empty % 100 === 0) await new Promise((resolve) => setTimeout(resolve));
      }
    },
    cancel: (reason) => reader.cancel(reason),
    release: () => reader.releaseLock?.(),
  };
}
