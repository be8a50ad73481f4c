import { concatBytes } from "../bytes/concat.ts";
import { encodeHex } from "../bytes/hex.ts";
import type { ReadableStreamLike } from "../bytes/readable-stream-like.ts";
import { MediaError } from "../errors.ts";
import { feature } from "../feature.ts";
import { given } from "../given.ts";
import { bufferedHasher } from "../hash/hasher.ts";
import type { Write } from "../http/request-body.ts";
import type { FileWindow } from "../inspect/file-window.ts";
import { type ChunkReader, openChunks } from "./chunk-reader.ts";

/**
 * A file that is passed on while it arrives, such as the body of a request to a Worker. Its name, size and first bytes
 * are checked. It is sent once, without retries. An upload that fails cancels the stream, unless `preventCancel` is true.
 */
export interface StreamInput {
  /** File name with its extension. */
  readonly name?: string | undefined;
  /** MIME type; not used, since the content shows it. */
  readonly type?: string | undefined;
  /** Length in bytes. If the stream has another length, the upload fails. */
  readonly size: number;
  /** SHA-256 of the file in hexadecimal; WeChat Pay requires it. If the stream has another digest, the upload fails. */
  readonly sha256?: string | undefined;
  /** The bytes of the file, not read yet. */
  readonly stream: ReadableStreamLike;
  /**
   * Leaves the stream open when the upload fails, so that you can read the rest. Where the body of a request is cancelled,
   * Workers close the connection, and who is still sending never sees your answer.
   */
  readonly preventCancel?: boolean | undefined;
}

/** A stream with its SHA-256, which WeChat Pay requires. */
export interface DigestedStreamInput extends StreamInput {
  /** SHA-256 of the file in hexadecimal. */
  readonly sha256: string;
}

/** Whether a file is a stream, not a source. */
export function isStreamInput(file: unknown): file is StreamInput {
  const hasStream = (): boolean =>
    typeof file === "object" && file !== null && "stream" in file && isStream(file.stream);
  return feature(hasStream) ?? false;
}

/** Not by instanceof, since frames and test DOMs have ReadableStreams of their own. A Blob's `stream` is a function. */
function isStream(value: unknown): boolean {
  return (
    typeof value === "object" &&
    value !== null &&
    "getReader" in value &&
    typeof value.getReader === "function"
  );
}

/** Throws TypeError if `size` or `sha256` is malformed, or if `sha256` is needed and missing. */
export function checkStreamInput({ size, sha256 }: StreamInput, needsDigest: boolean): void {
  if (!Number.isSafeInteger(size) || size < 0) {
    throw new TypeError(
      `size must be the length of the stream in whole bytes, not ${given(size)}.`,
    );
  }
  if (sha256 === undefined && !needsDigest) return;
  if (typeof sha256 !== "string" || !/^[0-9a-f]{64}$/i.test(sha256)) {
    throw new TypeError(
      `sha256 must be the SHA-256 of the file in 64 hexadecimal digits, not ${given(sha256)}: it is sent before the stream is read.`,
    );
  }
}

/** A stream that an upload reads to its end or lets go of. */
export interface TakenStream {
  /**
   * Reads bytes that the stream then keeps for {@link passOn}, whatever its chunks are. Behind 16 MiB it has none. Throws
   * MediaError if the stream ends before its size.
   */
  readonly read: FileWindow;
  /** Gives all bytes to `write`, the head included; the last chunk only once length and digest are right. */
  passOn(write: Write): Promise<void>;
  /** Cancels the stream, or leaves the rest of it to the caller. */
  letGo(reason: unknown): Promise<void>;
}

/** How much of a stream is kept while its format is looked for, which may be behind the pictures of an ID3 tag. */
const MAX_HEAD_BYTES = 16 * 1024 * 1024;

/** Begins to read the stream. Throws TypeError if it is locked. */
export function takeStream(file: StreamInput): TakenStream {
  if (file.stream.locked) {
    throw new TypeError("The stream is locked: it is being read already. Pass another.");
  }
  const reader = openChunks(file.stream);
  let first: Uint8Array[] = [];
  let loaded = 0;
  return {
    async read(offset, length) {
      const end = Math.min(offset + length, file.size, MAX_HEAD_BYTES);
      while (loaded < end) {
        const value = await reader.read();
        if (value === undefined) throw tooShort(loaded, file.size);
        first.push(value);
        loaded += value.byteLength;
      }
      if (first.length > 1) first = [concatBytes(first)];
      return first[0]?.subarray(offset, end) ?? new Uint8Array(0);
    },
    passOn: (write) => passProven(file, concatBytes(first), reader, write),
    async letGo(reason) {
      if (file.preventCancel === true) return reader.release();
      // A stream that has failed rejects here with its own error, which the caller has already.
      await reader.cancel(reason).catch(() => undefined);
    },
  };
}

async function passProven(
  { size, sha256 }: StreamInput,
  first: Uint8Array,
  reader: ChunkReader,
  write: Write,
): Promise<void> {
  const hasher = sha256 === undefined ? undefined : bufferedHasher("SHA-256");
  let held = first;
  let spent: Uint8Array | undefined;
  let loaded = 0;
  for (;;) {
    loaded += held.byteLength;
    if (loaded > size) throw changed(`over ${size} bytes`, `${size} bytes`);
    const [value] = await Promise.all([reader.read(spent), hasher?.update(held)]);
    if (value === undefined) break;
    await write(held);
    spent = held;
    held = value;
  }
  if (loaded < size) throw tooShort(loaded, size);
  if (hasher !== undefined) {
    const actual = encodeHex(await hasher.digest());
    if (actual !== sha256?.toLowerCase()) throw changed(`SHA-256 ${actual}`, `SHA-256 ${sha256}`);
  }
  await write(held);
}

function tooShort(loaded: number, size: number): MediaError {
  return changed(`${loaded} bytes`, `${size} bytes`);
}

function changed(actual: string, expected: string): MediaError {
  return new MediaError(
    `The stream had ${actual}, but ${expected} was announced. Nothing was uploaded.`,
    { reason: "changed", actual, expected },
  );
}
