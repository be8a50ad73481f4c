import type { ReadableStreamLike } from "./readable-stream-like.ts";

/** What is used of a Blob or a File: those of every runtime have it, and Node's `buffer` and Bun's files too. */
export interface BlobLike {
  /** Of a File. */
  readonly name?: string | undefined;
  readonly type: string;
  readonly size: number;
  slice(start?: number, end?: number): BlobLike;
  arrayBuffer(): Promise<ArrayBuffer>;
  stream(): ReadableStreamLike;
}
