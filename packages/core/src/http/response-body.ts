import { asBytes } from "../bytes/as-bytes.ts";
import type { ReadableStreamLike } from "../bytes/readable-stream-like.ts";
import { given } from "../given.ts";
import type { FetchResponse } from "./fetch-type.ts";
import { unusableResponse } from "./unusable-response.ts";

/** Reads a body piece by piece. */
export interface BodyReader {
  /** Resolves with the next bytes, at least one, or undefined at the end. */
  read(): Promise<Uint8Array | undefined>;
  cancel(reason?: unknown): Promise<void>;
}

/** Statuses of replies that never have a body. */
const BODILESS: readonly number[] = [204, 205, 304];

/** Throws TypeError for a Response whose body cannot be read. */
export function checkBody(response: FetchResponse): void {
  const { status, body, bodyUsed } = response;
  const isStream = isWebStream(body);
  if (bodyUsed === true || (isStream && body.locked)) {
    throw unusableResponse(
      "fetch must return a Response that was not read before. Read response.clone() instead.",
    );
  }
  const isEmpty = BODILESS.includes(status) || (body === null && !("text" in response));
  if (!isStream && !isEmpty && !response.arrayBuffer) throw unreadable(body);
}

function unreadable(body: unknown): TypeError {
  return unusableResponse(
    `fetch must return a Response with a web stream of bytes as body or arrayBuffer(), not ${given(body)}.`,
  );
}

/** Reads the body in one piece where it is no web stream, as of node-fetch, or not there, as in React Native. */
export function bodyReader(response: FetchResponse): BodyReader {
  const reader = isWebStream(response.body) ? response.body.getReader() : undefined;
  let isRead = response.arrayBuffer === undefined;
  const whole = async (): Promise<unknown> => {
    if (isRead) return undefined;
    isRead = true;
    try {
      return (await response.arrayBuffer?.()) ?? null;
    } catch (error) {
      // As in React Native: FileReader.readAsArrayBuffer is not implemented.
      if (!/not (?:implemented|supported|a function)/i.test(String(error))) throw error;
      throw unusableResponse(`fetch must return a Response that can be read: ${String(error)}.`);
    }
  };
  return {
    async read() {
      for (let empty = 1; ; empty++) {
        const value: unknown = reader === undefined ? await whole() : (await reader.read()).value;
        const bytes = value === undefined ? undefined : asBytes(value);
        if (bytes === undefined && value !== undefined) throw unreadable(value);
        if (bytes?.byteLength !== 0) return bytes;
        // A stream of nothing must not keep the timers, which end it, from running.
        if (empty % 100 === 0) await new Promise((resolve) => setTimeout(resolve));
      }
    },
    cancel: async (reason) => (reader ? reader.cancel(reason) : discardBody(response)),
  };
}

/** Ends a reply whose body is not wanted, so that its connection is free. */
export async function discardBody({ body }: FetchResponse): Promise<void> {
  const foreign: { destroy?: () => void } | null | undefined = body;
  if (isWebStream(body)) await body.cancel();
  else foreign?.destroy?.();
}

function isWebStream(body: FetchResponse["body"]): body is ReadableStreamLike {
  const stream: Partial<ReadableStreamLike> | null | undefined = body;
  return typeof stream?.getReader === "function";
}
