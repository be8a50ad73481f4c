/** The members of a ReadableStream of bytes that this library uses. The streams of `node:stream/web` have them too. */
export interface ReadableStreamLike {
  readonly locked: boolean;
  getReader(): ReaderLike;
  cancel(reason?: unknown): Promise<void>;
}

/** The members of a stream's reader that this library uses. */
export interface ReaderLike {
  read(): Promise<
    | { readonly done: false; readonly value: Uint8Array }
    | { readonly done: true; readonly value?: Uint8Array | undefined }
  >;
  cancel(reason?: unknown): Promise<void>;
  releaseLock?(): void;
}
