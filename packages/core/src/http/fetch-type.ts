import type { AbortSignal } from "../async/abort-signal.ts";
import type { BlobLike } from "../bytes/blob-like.ts";
import type { ReadableStreamLike } from "../bytes/readable-stream-like.ts";

/**
 * A `fetch`: the global one of any runtime, undici's, the emulator's, or a function of yours that calls one of them.
 */
export type Fetch = (url: string, init: FetchInit) => Promise<FetchResponse>;

/** What this library passes to a {@link Fetch}. The global one takes it as it is. */
export interface FetchInit {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: FetchBody | null;
  /** Aborts when your signal aborts, or when the timeout runs out. */
  readonly signal: AbortSignal;
  readonly redirect?: "error" | "manual";
  readonly window?: null;
  readonly duplex?: "half";
}

/** Bytes, or a Blob or ReadableStream of the types that your program's own `fetch` has. */
export type FetchBody =
  | Uint8Array<ArrayBuffer>
  | (GlobalResponse extends { blob(): Promise<infer Blob> } ? Blob : BlobLike)
  | (GlobalResponse extends { body: infer Stream } ? NonNullable<Stream> : ReadableStreamLike);

/** Derived from `fetch`, for the reasons given at the type AbortSignal. */
type GlobalResponse = typeof globalThis extends {
  fetch: (...args: never) => Promise<infer Response>;
}
  ? Response
  : undefined;

/**
 * The members of a Response that this library uses: that of any runtime, of node-fetch, of an adapter for React Native
 * or a mini program.
 */
export interface FetchResponse {
  readonly status: number;
  readonly type?: string;
  /** True if redirects were followed to get it. */
  readonly redirected?: boolean | undefined;
  readonly headers: ReplyHeaders;
  /** A ReadableStream is read piece by piece. A body of another kind, or none, is read with `arrayBuffer`. */
  readonly body?: object | null | undefined;
  readonly bodyUsed?: boolean | undefined;
  readonly arrayBuffer?: (() => Promise<ArrayBuffer>) | undefined;
}

/** The members of a reply's Headers that this library uses. */
export interface ReplyHeaders {
  get(name: string): string | null;
}
