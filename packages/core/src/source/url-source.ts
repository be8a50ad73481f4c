import type { AbortSignal } from "../async/abort-signal.ts";
import { MediaError, NetworkError, ReplyError, WechatError } from "../errors.ts";
import { given } from "../given.ts";
import { createDeadline } from "../http/deadline.ts";
import type { FetchResponse, ReplyHeaders } from "../http/fetch-type.ts";
import { withRetry } from "../http/retry.ts";
import { createTransport, type SharedOptions } from "../http/transport.ts";
import { checkOptions, checkText, type OptionKinds } from "../options.ts";
import { createSource, type Source } from "./source.ts";

/** Options of {@link createUrlSource}. */
export interface UrlSourceOptions
  extends Pick<SharedOptions, "fetch" | "sleep" | "timeout" | "retry"> {
  /** File name; by default the last part of the URL's path. */
  readonly name?: string | undefined;
  /** MIME type; by default what the server says. */
  readonly type?: string | undefined;
  /** Sent with every request, such as `Authorization`. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Ends the first request; each read has its own. */
  readonly signal?: AbortSignal | undefined;
}

const URL_SOURCE_OPTIONS: OptionKinds<UrlSourceOptions> = {
  fetch: "function",
  sleep: "function",
  timeout: "timeout",
  retry: true,
  name: "text",
  type: "text",
  headers: true,
  signal: "signal",
};

/**
 * Makes a source of a file on a web server. Each read asks for its own bytes (`Range`), and nothing is kept of them.
 *
 * The first byte is asked for at once. A later reply that tells of another size, or of another ETag
 * (another Last-Modified, where there is no ETag), is of a changed file. For a page of another origin
 * the server must send `Access-Control-Expose-Headers: Content-Range, ETag`.
 *
 * Follows RFC 9110, section 14, Range Requests.
 *
 * @param url - an http or https address; its query stands in no error
 * @param options - `timeout` in milliseconds for each request; lost connections, timeouts, 429 and 5xx are tried again as those of a client are
 * @returns a source; reading it throws MediaError with reason `changed` where the file is another one, or gone
 * @throws TypeError where the URL is none; ReplyError where the server refuses, or knows no ranges; NetworkError, TimeoutError
 *
 * @example
 * ```ts
 * const headers = { "Content-Range": `bytes 0-0/${mp4.length}`, ETag: '"1"' };
 * const server = async () => new Response(mp4.subarray(0, 1), { status: 206, headers });
 * const source = await createUrlSource("https://cdn.example/film.mp4", { fetch: server });
 * console.log(source.name, source.size === mp4.length); // film.mp4 true
 * ```
 */
export async function createUrlSource(
  url: string | { readonly href: string },
  options: UrlSourceOptions = {},
): Promise<Source> {
  checkOptions("createUrlSource", options, URL_SOURCE_OPTIONS);
  const address = readAddress(url);
  const transport = createTransport(options);
  const { headers = {}, signal } = options;
  checkHeaders(headers);
  /** One request, tried again where that may help. */
  const ask = <T>(
    start: number,
    end: number,
    signal: AbortSignal | undefined,
    read: (response: FetchResponse) => Promise<T>,
  ): Promise<T> =>
    withRetry(transport, { repeatable: true, signal }, async () => {
      const deadline = createDeadline(transport.timeout, signal);
      try {
        return await deadline.within(async () => {
          // GET for the first request as well: addresses that are signed serve one method only.
          const response = await transport.fetch(address.href, {
            method: "GET",
            headers: {
              // The bytes of the file, not of its compression; browsers say so by themselves.
              "Accept-Encoding": "identity",
              ...headers,
              Range: `bytes=${start}-${end - 1}`,
            },
            signal: deadline.signal,
          });
          return read(response);
        });
      } catch (error) {
        if (deadline.signal.aborted || error instanceof WechatError) throw error;
        throw broken(address, error);
      } finally {
        deadline.close();
      }
    });

  const version = await ask(0, 1, signal, (response) => readVersion(address, response));
  return createSource({
    name: options.name ?? nameOf(address),
    type: options.type ?? version.type,
    size: version.size,
    read: (start, end, { signal }) =>
      ask(start, end, signal, (response) => readRange(address, response, start, end, version)),
  });
}

/** Fetch would say which value is none, and the value may be a secret. Throws TypeError. */
function checkHeaders(headers: Readonly<Record<string, string>>): void {
  // Headers and Maps have no properties: they would go out as nothing.
  if (Object.prototype.toString.call(headers) !== "[object Object]") {
    throw new TypeError(`headers must be an object of strings, not ${given(headers)}.`);
  }
  for (const [name, value] of Object.entries(headers)) {
    checkText(`headers[${JSON.stringify(name)}]`, value);
    try {
      new Headers([[name, value]]).has(name);
    } catch {
      throw new TypeError(
        `headers has ${JSON.stringify(name)}, which is not a valid header: a name may have letters, digits and hyphens, a value Latin characters on one line.`,
      );
    }
  }
}

interface FileVersion {
  readonly size: number;
  /** What must be the same in every reply: ETag, else Last-Modified, else nothing. */
  readonly stamp: string | null;
  readonly type: string;
}

/** Statuses of a file that is not what it was: sent whole, gone, another one, shorter. */
const CHANGED_STATUSES: readonly number[] = [200, 404, 410, 412, 416];

async function readVersion(address: URL, response: FetchResponse): Promise<FileVersion> {
  const { status, headers } = response;
  const type = headers.get("content-type") ?? "";
  // An empty file has no first byte.
  const isEmpty = status === 416 && /^bytes \*\/0$/.test(headers.get("content-range") ?? "");
  if (isEmpty) {
    await response.body?.cancel();
    return { size: 0, stamp: stampOf(headers), type };
  }
  if (status === 200) {
    await response.body?.cancel();
    throw new ReplyError(
      `${shown(address)} answered with the whole file (status 200) when asked for one byte: its server does not support Range requests. Download the file first.`,
      { status },
    );
  }
  const { size } = await rangeOf(address, response, 0, 1);
  await response.body?.cancel();
  return { size, stamp: stampOf(headers), type };
}

async function readRange(
  address: URL,
  response: FetchResponse,
  start: number,
  end: number,
  version: FileVersion,
): Promise<Uint8Array> {
  const { status, headers } = response;
  if (CHANGED_STATUSES.includes(status)) {
    await response.body?.cancel();
    throw changed(address, "status 206", `status ${status}`);
  }
  const stamp = stampOf(headers);
  if (status === 206 && stamp !== version.stamp) {
    await response.body?.cancel();
    throw changed(address, version.stamp ?? "no ETag", stamp ?? "no ETag");
  }
  const { size } = await rangeOf(address, response, start, end, version.size);
  if (size !== version.size) {
    await response.body?.cancel();
    throw changed(address, `${version.size} bytes`, `${size} bytes`);
  }
  return readBytes(address, response, end - start);
}

/** The range of a 206, which must be the one asked for, unless the file has another size. Throws ReplyError. */
async function rangeOf(
  address: URL,
  response: FetchResponse,
  start: number,
  end: number,
  knownSize?: number,
): Promise<{ size: number }> {
  const { status, headers } = response;
  const refuse = async (why: string): Promise<never> => {
    await response.body?.cancel();
    throw new ReplyError(`${shown(address)} ${why}`, { status });
  };
  if (status !== 206)
    return refuse(`answered with status ${status}; a Range request must be answered with 206.`);
  const encoding = headers.get("content-encoding") ?? "identity";
  if (encoding !== "identity") {
    return refuse(
      `is compressed (Content-Encoding ${encoding}), so its ranges are not those of the file. Switch compression off for it.`,
    );
  }
  const found = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(headers.get("content-range") ?? "");
  if (found === null) {
    return refuse(
      "has no size in Content-Range. To a page of another origin the server must expose it: Access-Control-Expose-Headers: Content-Range, ETag.",
    );
  }
  const [first, last, size] = found.slice(1).map(Number) as [number, number, number];
  const isAnother = knownSize !== undefined && size !== knownSize;
  if (!isAnother && (first !== start || last !== end - 1)) {
    return refuse(`sent bytes ${first} to ${last + 1} when asked for ${start} to ${end}.`);
  }
  return { size };
}

/** Exactly that many bytes. A body that ends before has broken off. */
async function readBytes(
  address: URL,
  response: FetchResponse,
  length: number,
): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  const reader = response.body?.getReader();
  let at = 0;
  for (;;) {
    const chunk = await reader?.read();
    if (chunk?.value === undefined) break;
    if (at + chunk.value.byteLength > length) {
      await reader?.cancel();
      const { status } = response;
      throw new ReplyError(
        `${shown(address)} sent more than the ${length} bytes that were asked for.`,
        { status },
      );
    }
    bytes.set(chunk.value, at);
    at += chunk.value.byteLength;
  }
  if (at === length) return bytes;
  throw new NetworkError(`${shown(address)} ended after ${at} of ${length} bytes.`);
}

function stampOf(headers: ReplyHeaders): string | null {
  const etag = headers.get("etag");
  return etag === null ? headers.get("last-modified") : `ETag ${etag}`;
}

function changed(address: URL, expected: string, actual: string): MediaError {
  return new MediaError(
    `${shown(address)} changed while it was read: it had ${expected}, and now has ${actual}.`,
    { reason: "changed", expected, actual },
  );
}

/** Some runtimes put the URL, with its signature, into the text of their errors. */
function broken(address: URL, error: unknown): NetworkError {
  const text = error instanceof Error ? error.message : String(error);
  const safe = address.search === "" ? text : text.replaceAll(address.search, "?…");
  return new NetworkError(`${shown(address)} could not be read: ${safe}.`, {
    cause: new Error(safe),
  });
}

function shown({ origin, pathname }: URL): string {
  return `${origin}${pathname}`;
}

function nameOf({ pathname }: URL): string {
  const last = pathname.split("/").at(-1) ?? "";
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}

function readAddress(url: string | { readonly href: string }): URL {
  const text: unknown = typeof url === "object" ? url?.href : url;
  const address = typeof text === "string" && URL.canParse(text) ? new URL(text) : undefined;
  const isPlain = address !== undefined && `${address.username}${address.password}` === "";
  if (isPlain && /^https?:$/.test(address.protocol)) return address;
  throw new TypeError(
    `url must be an absolute http or https address without a user name, not ${given(url)}.`,
  );
}
