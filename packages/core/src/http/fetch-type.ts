import type { AbortSignal } from "../async/abort-signal.ts";
import type { BlobLike } from "../bytes/blob-like.ts";
import type { ReadableStreamLike } from "../bytes/readable-stream-like.ts";

/** A fetch: the global one of any runtime, undici's, the emulator's, or a function of your own that calls one of them. */
export type Fetch = (url: string, init: FetchInit) => Promise<FetchResponse>;

/** What a {@link Fetch} is called with; the global one takes it as it is. */
export interface FetchInit {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: FetchBody | null;
  readonly signal: AbortSignal;
  readonly redirect?: "error" | "manual";
  readonly window?: null;
  readonly duplex?: "half";
}

/** Bytes, or the Blob or ReadableStream of the program that is compiled. */
export type FetchBody =
  | Uint8Array<ArrayBuffer>
  | (GlobalResponse extends { blob(): Promise<infer Blob> } ? Blob : BlobLike)
  | (GlobalResponse extends { body: infer Stream } ? NonNullable<Stream> : ReadableStreamLike);

/** Looked up in the program's own fetch, as its AbortSignal is. */
type GlobalResponse = typeof globalThis extends {
  fetch: (...args: never) => Promise<infer Response>;
}
  ? Response
  : undefined;

/** What is read of a Response. */
export interface FetchResponse {
  readonly status: number;
  readonly type?: string;
  readonly headers: ReplyHeaders;
  readonly body: ReadableStreamLike | null;
}

/** What is read of a reply's Headers. */
export interface ReplyHeaders {
  get(name: string): string | null;
}
