/** What is used of a ReadableStream of bytes: those of every runtime have it, and Node's `stream/web` too. */
export interface ReadableStreamLike {
  getReader(): ReaderLike;
  cancel(reason?: unknown): Promise<void>;
}

/** What is used of its reader. */
export interface ReaderLike {
  read(): Promise<
    | { readonly done: false; readonly value: Uint8Array }
    | { readonly done: true; readonly value?: Uint8Array | undefined }
  >;
  cancel(reason?: unknown): Promise<void>;
}
