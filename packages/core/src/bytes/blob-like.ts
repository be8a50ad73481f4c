import type { ReadableStreamLike } from "./readable-stream-like.ts";

/**
 * The members of a Blob or File that this library uses. The Blobs of `node:buffer` and the files of Bun have them too.
 */
export interface BlobLike {
  /** File name, if it is a File. */
  readonly name?: string | undefined;
  readonly type: string;
  readonly size: number;
  slice(start?: number, end?: number): BlobLike;
  arrayBuffer(): Promise<ArrayBuffer>;
  stream(): ReadableStreamLike;
}
