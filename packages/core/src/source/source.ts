import type { AbortSignal } from "../async/abort-signal.ts";
import { abortable } from "../async/abortable.ts";
import { asBytes, viewOf } from "../bytes/as-bytes.ts";
import type { BlobLike } from "../bytes/blob-like.ts";
import { MediaError } from "../errors.ts";
import { feature } from "../feature.ts";
import { given, shown } from "../given.ts";
import { checkOptions, checkText, type OptionKinds } from "../options.ts";
import { notAFile } from "./not-a-file.ts";

/** A file that can be read from any position, and so can be hashed, inspected, sent again and resumed. */
export interface Source {
  /** File name without a path, or an empty string. */
  readonly name: string;
  /** MIME type, not checked against the content, or an empty string. */
  readonly type: string;
  /** Length in bytes. */
  readonly size: number;
  /**
   * Resolves with the bytes from `start` to `end` (exclusive), which stay as they are until the next read.
   * Throws MediaError with the reason `changed` if the file has become shorter, longer or unreadable, and RangeError if
   * it has no such bytes.
   */
  read(
    start: number,
    end: number,
    options?: { signal?: AbortSignal | undefined },
  ): Promise<Uint8Array>;
}

/** A file that your own function reads: from a file handle, an R2 bucket, a database. */
export interface RandomAccessFile {
  /** File name without a path. */
  readonly name?: string | undefined;
  /** MIME type. */
  readonly type?: string | undefined;
  /** Length in bytes. */
  readonly size: number;
  /** Returns exactly the bytes from `start` to `end` (exclusive). */
  read(
    start: number,
    end: number,
    options: { signal?: AbortSignal | undefined },
  ): Promise<Uint8Array> | Uint8Array;
}

/** The files that {@link createSource} and every upload take. */
export type FileInput = BlobLike | Uint8Array | ArrayBuffer | RandomAccessFile;

/** Options of {@link createSource}. */
interface SourceOptions {
  /** File name, in place of the input's. */
  readonly name?: string | undefined;
  /** MIME type, in place of the input's. */
  readonly type?: string | undefined;
}

const SOURCE_OPTIONS: OptionKinds<SourceOptions> = { name: "text", type: "text" };
const READ_OPTIONS: OptionKinds<{ signal?: AbortSignal | undefined }> = { signal: "signal" };

/**
 * Makes a source from a File, a Blob, bytes, or an object with `size` and `read(start, end)`.
 *
 * @param input - the file; not a ReadableStream, which can be read only once
 * @param options - `name` and `type`, if the input has none or you want others
 * @throws TypeError if the input is not a file, or its size is not a whole number of bytes
 *
 * @example
 * ```ts
 * import { createSource } from "@wechat-edge/core";
 *
 * const source = createSource(new Uint8Array([0xff, 0xd8, 0xff]), { name: "licence.jpg" });
 * console.log(source.name, source.size); // licence.jpg 3
 * ```
 */
export function createSource(input: FileInput, options: SourceOptions = {}): Source {
  checkOptions("createSource", options, SOURCE_OPTIONS);
  return sourceOf("The file", input, options);
}

/** Like {@link createSource}; `what` names the file in errors. */
export function sourceOf(what: string, input: FileInput, options: SourceOptions = {}): Source {
  const file = readable(what, input);
  const { size } = file;
  const name = options.name ?? file.name ?? "";
  checkText("name", name);
  if (!Number.isSafeInteger(size) || size < 0) {
    throw new TypeError(`size must be the length of the file in whole bytes, not ${given(size)}.`);
  }
  return {
    name,
    type: options.type ?? file.type ?? "",
    size,
    async read(start, end, options = {}) {
      checkOptions("read", options, READ_OPTIONS);
      const { signal } = options;
      signal?.throwIfAborted();
      if (![start, end].every(Number.isSafeInteger) || start < 0 || start > end || end > size) {
        throw new RangeError(
          `Cannot read bytes ${shown(start)} to ${shown(end)} of a file of ${size} bytes.`,
        );
      }
      // Not passed on to a reader: a Range request for no bytes is an error.
      if (start === end && !isBlob(input)) return new Uint8Array(0);
      // A reader may ignore the signal, or throw before it returns a promise.
      const reading = (async () => file.read(start, end, { signal }))();
      const bytes = ownBytes(await abortable(reading, signal));
      if (bytes.byteLength !== end - start || file.size !== size) {
        throw new MediaError(
          `The file changed while it was read: reading bytes ${start} to ${end} of ${size} returned ${bytes.byteLength} bytes${file.size === size ? "" : `, and its size is now ${file.size}`}.`,
          {
            reason: "changed",
            expected: `${end - start} bytes`,
            actual: `${bytes.byteLength} bytes`,
          },
        );
      }
      return bytes;
    },
  };
}

/** Returns a reader's bytes, copied if they are in shared memory, which no API sends from. */
function ownBytes(value: unknown): Uint8Array {
  const bytes = asBytes(value);
  if (bytes === undefined) {
    throw new TypeError(`read(start, end) must return a Uint8Array, not ${given(value)}.`);
  }
  return bytes.buffer instanceof ArrayBuffer ? bytes : new Uint8Array(bytes);
}

function readable(what: string, input: FileInput): RandomAccessFile {
  if (typeof input !== "object" || input === null || feature(() => isStream(input)) !== false) {
    throw notAFile(what, input);
  }
  const bytes = asBytes(input);
  if (bytes !== undefined) return bytesFile(bytes);
  if (isBlob(input)) return blobFile(input);
  if ("read" in input && typeof input.read === "function" && "size" in input) return input;
  throw notAFile(what, input);
}

/** Checked because a stream of Node has `read` too. */
function isStream(input: object): boolean {
  return "pipe" in input || "getReader" in input;
}

function isBlob(input: object): input is BlobLike {
  return "arrayBuffer" in input && "slice" in input && "size" in input;
}

/** Reads copies: the caller may change the array between hashing and sending. */
function bytesFile(bytes: Uint8Array): RandomAccessFile {
  const { buffer, byteOffset, byteLength } = bytes;
  viewOf(buffer, byteOffset, byteLength);
  return {
    size: byteLength,
    read: (start, end) => new Uint8Array(viewOf(buffer, byteOffset + start, end - start)),
  };
}

function blobFile(blob: BlobLike): RandomAccessFile {
  return {
    name: blob.name,
    type: blob.type,
    size: blob.size,
    async read(start, end) {
      try {
        // In Chromium, a file that was deleted before its size was asked has size 0, and fails only if read as a whole.
        const part = blob.size === 0 ? blob : blob.slice(start, end);
        return new Uint8Array(await part.arrayBuffer());
      } catch (cause) {
        // A Blob of a file on disk throws NotReadableError once that file has been written to.
        throw new MediaError(`The file could not be read: ${String(cause)}`, {
          reason: "changed",
          cause,
        });
      }
    },
  };
}
