import type { AbortSignal } from "../async/abort-signal.ts";
import { abortable } from "../async/abortable.ts";
import { asBytes, viewOf } from "../bytes/as-bytes.ts";
import type { BlobLike } from "../bytes/blob-like.ts";
import { MediaError } from "../errors.ts";
import { given } from "../given.ts";
import { checkOptions, checkText, type OptionKinds } from "../options.ts";
import { notAFile } from "./not-a-file.ts";

/** Something random access can read: what is a source can be hashed, inspected, sent again and resumed. */
export interface Source {
  /** File name without a path, or an empty string. */
  readonly name: string;
  /** MIME type as the caller knows it, or an empty string. */
  readonly type: string;
  /** Length in bytes. */
  readonly size: number;
  /**
   * Gives exactly `end - start` bytes, which nobody reuses before the next read.
   * Throws `MediaError` with reason `changed` where the file has become shorter, longer or unreadable.
   */
  read(
    start: number,
    end: number,
    options?: { signal?: AbortSignal | undefined },
  ): Promise<Uint8Array>;
}

/** A reader of the caller's own: a file handle, an R2 object, a URL that answers Range requests. */
export interface RandomAccessFile {
  readonly name?: string | undefined;
  readonly type?: string | undefined;
  readonly size: number;
  read(
    start: number,
    end: number,
    options: { signal?: AbortSignal | undefined },
  ): Promise<Uint8Array> | Uint8Array;
}

/** What {@link createSource} and every upload take. */
export type FileInput = BlobLike | Uint8Array | ArrayBuffer | RandomAccessFile;

/** What a source is given where its input has none, or another is wanted. */
interface SourceOptions {
  readonly name?: string | undefined;
  readonly type?: string | undefined;
}

const SOURCE_OPTIONS: OptionKinds<SourceOptions> = { name: "text", type: "text" };

/**
 * Makes a source of a Blob, a File, bytes, or an object with `size` and `read(start, end)` (end exclusive).
 *
 * @param input - the file; a ReadableStream is not a source, because it can be read only once
 * @param options - `name` and `type`, where the input has none or another is wanted
 * @throws TypeError where the input is none of these or its size is no whole number of bytes
 *
 * @example
 * ```ts
 * const source = createSource(new Uint8Array([0xff, 0xd8, 0xff]), { name: "licence.jpg" });
 * console.log(source.name, source.size); // licence.jpg 3
 * ```
 */
export function createSource(input: FileInput, options: SourceOptions = {}): Source {
  checkOptions("createSource", options, SOURCE_OPTIONS);
  return sourceOf("The file", input, options);
}

/** Like {@link createSource}; `what` is how the caller calls the file in his errors. */
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
    async read(start, end, { signal } = {}) {
      signal?.throwIfAborted();
      if (
        !(
          Number.isSafeInteger(start) &&
          Number.isSafeInteger(end) &&
          start >= 0 &&
          start <= end &&
          end <= size
        )
      ) {
        throw new RangeError(`Cannot read bytes ${start} to ${end} of a file of ${size} bytes.`);
      }
      // A Range request for nothing is an error, so a reader is not asked for it.
      if (start === end && !isBlob(input)) return new Uint8Array(0);
      // A reader may not listen to the signal, or throw before it gives a promise.
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

/** The bytes that a reader gave, out of shared memory, which no API sends from. */
function ownBytes(value: unknown): Uint8Array {
  const bytes = asBytes(value);
  if (bytes === undefined) {
    throw new TypeError(`read(start, end) must return a Uint8Array, not ${given(value)}.`);
  }
  return bytes.buffer instanceof ArrayBuffer ? bytes : new Uint8Array(bytes);
}

function readable(what: string, input: FileInput): RandomAccessFile {
  if (typeof input !== "object" || input === null || isStream(input)) throw notAFile(what, input);
  const bytes = asBytes(input);
  if (bytes !== undefined) return bytesFile(bytes);
  if (isBlob(input)) return blobFile(input);
  if ("read" in input && typeof input.read === "function") return input;
  throw notAFile(what, input);
}

/** A stream of Node has `read` too. */
function isStream(input: object): boolean {
  return "pipe" in input || "getReader" in input;
}

function isBlob(input: object): input is BlobLike {
  return "arrayBuffer" in input && "slice" in input && "size" in input;
}

/** Gives copies: the caller may change his array between the digest and the sending. */
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
        // In Chromium a file deleted before its size was asked has none: it fails only as a whole.
        const part = blob.size === 0 ? blob : blob.slice(start, end);
        return new Uint8Array(await part.arrayBuffer());
      } catch (cause) {
        // A Blob backed by a file throws NotReadableError once that file has been written to.
        throw new MediaError(`The file could not be read: ${String(cause)}`, {
          reason: "changed",
          cause,
        });
      }
    },
  };
}
