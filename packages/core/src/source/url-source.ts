import type { AbortSignal } from "../async/abort-signal.ts";
import { arrivingBytes } from "../bytes/arriving.ts";
import { MediaError, NetworkError, ReplyError, WechatError } from "../errors.ts";
import { given } from "../given.ts";
import { type HttpAddress, httpAddress } from "../http/address.ts";
import { createDeadline } from "../http/deadline.ts";
import type { FetchResponse, ReplyHeaders } from "../http/fetch-type.ts";
import { isProxyRefusal, proxyRefusal } from "../http/network-error.ts";
import { bodyReader, discardBody } from "../http/response-body.ts";
import { withRetry } from "../http/retry.ts";
import { createTransport, type SharedOptions } from "../http/transport.ts";
import { isUnusableResponse } from "../http/unusable-response.ts";
import { checkOptions, checkText, type OptionKinds } from "../options.ts";
import { visible } from "../visible.ts";
import { askThrough, shown } from "./redirects.ts";
import { createSource, type Source } from "./source.ts";

/** Options of {@link createUrlSource}. */
export interface UrlSourceOptions
  extends Pick<SharedOptions, "fetch" | "sleep" | "timeout" | "retry"> {
  /** File name; the last part of the URL's path by default. */
  readonly name?: string | undefined;
  /** MIME type; the server's Content-Type by default. */
  readonly type?: string | undefined;
  /** Headers of every request, such as `Authorization`. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /**
   * `"error"` (default): a redirect is an error that shows where it leads. `"follow"`: up to five are followed for each
   * read, without `headers` once one leads to another origin, and never from https to http. Whoever chooses the address,
   * or controls its server, can then let your server ask any address that it reaches (SSRF).
   */
  readonly redirect?: "error" | "follow" | undefined;
  /** Stops the first request; each read takes a signal of its own. */
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
  redirect: ['"error" or "follow"', (value) => value === "error" || value === "follow"],
  signal: "signal",
};

/**
 * Makes a source from a file on a web server that supports Range requests (RFC 9110, section 14). Each read requests
 * its own bytes; the source keeps none of them.
 *
 * It requests the first byte at once, and remembers the file's size and ETag (or Last-Modified, if there is no ETag).
 * If a later reply has others, the file has changed. For a page of another origin, the server must send
 * `Access-Control-Expose-Headers: Content-Range, ETag`.
 *
 * An address that users choose may be one inside your network (SSRF: `http://169.254.169.254/`, `http://localhost/`), or
 * a name that resolves to one. This function resolves no names and refuses no host. Take hosts from a list of your own,
 * or pass a `fetch` whose proxy reaches public addresses alone.
 *
 * @param url - an http or https address; errors do not show its query
 * @param options - `timeout`, in milliseconds, is for each request and its whole reply; lost connections, timeouts, 429 and 5xx are retried
 * @returns a source; a read throws MediaError with the reason `changed` if the file has changed or is gone
 * @throws TypeError if the URL or a header is malformed
 * @throws ReplyError if the server refuses, redirects without `redirect: "follow"`, or does not support Range requests
 * @throws NetworkError or TimeoutError if no complete reply comes
 *
 * @example
 * ```ts
 * import { createUrlSource, digest, type Fetch } from "@wechat-edge/core";
 * import { sampleFile } from "@wechat-edge/emulator/samples";
 *
 * const clip = sampleFile("clip.mp4");
 * const server: Fetch = async (_url, { headers }) => {
 *   const [first = 0, last = 0] = (headers["Range"] ?? "").match(/\d+/g)?.map(Number) ?? [];
 *   const answered = { "Content-Range": `bytes ${first}-${last}/${clip.size}`, ETag: '"1"' };
 *   return new Response(clip.slice(first, last + 1), { status: 206, headers: answered });
 * };
 * const source = await createUrlSource("https://cdn.example/clip.mp4", { fetch: server });
 * console.log(source.name, source.size); // clip.mp4 4257
 * console.log((await digest(source, "SHA-1")) === (await digest(clip, "SHA-1"))); // true
 * ```
 */
export async function createUrlSource(
  url: string | { readonly href: string },
  options: UrlSourceOptions = {},
): Promise<Source> {
  checkOptions("createUrlSource", options, URL_SOURCE_OPTIONS);
  const address = readAddress(url);
  const transport = createTransport(options);
  const { headers = {}, redirect = "error", signal } = options;
  checkHeaders(headers);
  /** One request, with retries. */
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
          const response = await askThrough(transport, address, {
            range: `bytes=${start}-${end - 1}`,
            headers,
            redirect,
            signal: deadline.signal,
          });
          return read(response);
        });
      } catch (error) {
        const isOwn = error instanceof WechatError || isUnusableResponse(error);
        throw isOwn || deadline.signal.aborted ? error : broken(address, error);
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

/** Throws TypeError for a malformed header. The error of fetch would show the value, which may be a secret. */
function checkHeaders(headers: Readonly<Record<string, string>>): void {
  // Headers and Maps have no own properties: nothing of them would be sent.
  if (Object.prototype.toString.call(headers) !== "[object Object]") {
    throw new TypeError(`headers must be an object of strings, not ${given(headers)}.`);
  }
  for (const [name, value] of Object.entries(headers)) {
    const field = visible(JSON.stringify(name));
    checkText(`headers[${field}]`, value);
    try {
      // Headers would cut a line end off, and the value is sent as it is given.
      if (/[\r\n\0]/.test(value)) throw new TypeError();
      new Headers([[name, value]]).has(name);
    } catch {
      throw new TypeError(
        `headers has ${field}, which is not a valid header: a name may have letters, digits and hyphens, a value Latin characters on one line.`,
      );
    }
  }
}

interface FileVersion {
  readonly size: number;
  /** ETag, else Last-Modified, else null: must be the same in every reply. */
  readonly stamp: string | null;
  readonly type: string;
}

/** Statuses of a file that has changed: sent whole, gone, another one, shorter. */
const CHANGED_STATUSES: readonly number[] = [200, 404, 410, 412, 416];

async function readVersion(address: HttpAddress, response: FetchResponse): Promise<FileVersion> {
  const { status, headers } = response;
  const type = headers.get("content-type") ?? "";
  // An empty file has no first byte.
  const isEmpty = status === 416 && /^bytes \*\/0$/.test(headers.get("content-range") ?? "");
  if (isEmpty) {
    await discardBody(response);
    return { size: 0, stamp: stampOf(headers), type };
  }
  if (status === 200) {
    await discardBody(response);
    throw new ReplyError(
      `${shown(address)} answered with the whole file (status 200) when asked for one byte: its server does not support Range requests. Download the file first.`,
      { status },
    );
  }
  const { size } = await rangeOf(address, response, 0, 1);
  await discardBody(response);
  return { size, stamp: stampOf(headers), type };
}

async function readRange(
  address: HttpAddress,
  response: FetchResponse,
  start: number,
  end: number,
  version: FileVersion,
): Promise<Uint8Array> {
  const { status, headers } = response;
  if (CHANGED_STATUSES.includes(status)) {
    await discardBody(response);
    throw changed(address, "status 206", `status ${status}`);
  }
  const stamp = stampOf(headers);
  if (status === 206 && stamp !== version.stamp) {
    await discardBody(response);
    throw changed(address, version.stamp ?? "no ETag", stamp ?? "no ETag");
  }
  const { size } = await rangeOf(address, response, start, end, version.size);
  if (size !== version.size) {
    await discardBody(response);
    throw changed(address, `${version.size} bytes`, `${size} bytes`);
  }
  return readBytes(address, response, end - start);
}

/** Reads the size from a 206. Throws ReplyError if it is not the range asked for, unless the file has another size. */
async function rangeOf(
  address: HttpAddress,
  response: FetchResponse,
  start: number,
  end: number,
  knownSize?: number,
): Promise<{ size: number }> {
  const { status, headers } = response;
  const refuse = async (why: string): Promise<never> => {
    await discardBody(response);
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

/** Reads exactly `length` bytes. Throws NetworkError if the body ends before. */
async function readBytes(
  address: HttpAddress,
  response: FetchResponse,
  length: number,
): Promise<Uint8Array> {
  const come = arrivingBytes(length);
  const reader = bodyReader(response);
  let at = 0;
  for (;;) {
    const chunk = await reader.read();
    if (chunk === undefined) break;
    if (at + chunk.byteLength > length) {
      await reader.cancel();
      const { status } = response;
      throw new ReplyError(
        `${shown(address)} sent more than the ${length} bytes that were asked for.`,
        { status },
      );
    }
    come.add(chunk);
    at += chunk.byteLength;
  }
  if (at === length) return come.whole();
  throw new NetworkError(`${shown(address)} ended after ${at} of ${length} bytes.`);
}

function stampOf(headers: ReplyHeaders): string | null {
  // Some return undefined for a header that is not there.
  const etag = headers.get("etag") ?? null;
  return etag === null ? (headers.get("last-modified") ?? null) : `ETag ${etag}`;
}

function changed(address: HttpAddress, expected: string, actual: string): MediaError {
  return new MediaError(
    `${shown(address)} changed while it was read: it had ${expected}, and now has ${actual}.`,
    { reason: "changed", expected, actual },
  );
}

/** Removes queries, which may hold a signature: some runtimes put the URL into their messages. */
function broken(address: HttpAddress, error: unknown): WechatError {
  if (isProxyRefusal(error)) return proxyRefusal();
  const text = error instanceof Error ? error.message : String(error);
  const own = address.search === "" ? text : text.replaceAll(address.search, "?…");
  const safe = own.replace(/\?[^\s"'…]+/g, "?…"); // and where a redirect led
  return new NetworkError(`${shown(address)} could not be read: ${safe}.`, {
    cause: new Error(visible(safe)),
  });
}

/** The last part of the path; stores of objects write the slashes of a key as %2F. */
function nameOf({ pathname }: HttpAddress): string {
  const last = pathname.split("/").at(-1) ?? "";
  try {
    return decodeURIComponent(last).split("/").at(-1) ?? "";
  } catch {
    return last;
  }
}

function readAddress(url: string | { readonly href: string }): HttpAddress {
  const address = httpAddress(typeof url === "object" ? url?.href : url);
  if (address !== undefined) return address;
  throw new TypeError(
    `url must be an absolute http or https address without a user name, not ${given(url)}.`,
  );
}
