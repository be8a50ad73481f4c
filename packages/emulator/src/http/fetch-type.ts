/** The response type for programs whose types have no Response. */
interface PlainResponse {
  readonly ok: boolean;
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  readonly body: PlainStream | null;
  arrayBuffer(): Promise<ArrayBuffer>;
  json(): Promise<unknown>;
  text(): Promise<string>;
}

interface PlainFile {
  readonly name: string;
  readonly type: string;
  readonly size: number;
  slice(start?: number, end?: number): PlainFile;
  arrayBuffer(): Promise<ArrayBuffer>;
  stream(): PlainStream;
}

interface PlainStream {
  readonly locked: boolean;
  getReader(): {
    read(): Promise<
      { done: false; value: Uint8Array<ArrayBuffer> } | { done: true; value?: undefined }
    >;
    cancel(reason?: unknown): Promise<void>;
  };
  cancel(reason?: unknown): Promise<void>;
}

interface PlainInit {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly signal?: { readonly aborted: boolean; throwIfAborted(): void } | null;
}

type PlainFetch = (url: string, init?: PlainInit) => Promise<PlainResponse>;

/**
 * The type of `fetch` in your program: that of the DOM library, @types/node, workers-types, Bun or
 * Deno. The types below are derived from it, because a name that the program's types lack is `any`.
 */
export type Fetch = typeof globalThis extends {
  fetch: (...args: infer Arguments) => Promise<infer Reply>;
}
  ? (...args: Arguments) => Promise<Reply>
  : PlainFetch;

type Init = NonNullable<Parameters<Fetch>[1]>;

export type FetchResponse = Awaited<ReturnType<Fetch>>;
export type FetchHeaders = FetchResponse["headers"];
export type FetchStream = NonNullable<FetchResponse["body"]>;
export type FetchSignal = NonNullable<Init["signal"]>;
export type FetchUrl = Extract<Parameters<Fetch>[0], { searchParams: unknown }>;
/** The request type for programs whose types have no Request. */
interface PlainRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: { get(name: string): string | null };
  readonly body: PlainStream | null;
  readonly bodyUsed: boolean;
  arrayBuffer(): Promise<ArrayBuffer>;
  json(): Promise<unknown>;
  text(): Promise<string>;
}

type Asked = Extract<Parameters<Fetch>[0], { method: string }>;
/** The Request type of your program. */
export type FetchRequest = [Asked] extends [never] ? PlainRequest : Asked;

/** The File type of your program. */
export type FetchFile = FetchResponse extends {
  formData(): Promise<{ get(name: string): infer Entry }>;
}
  ? Extract<Entry, { name: string }>
  : PlainFile;
