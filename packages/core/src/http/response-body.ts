import { asBytes } from "../bytes/as-bytes.ts";
import type { ReadableStreamLike } from "../bytes/readable-stream-like.ts";
import { given } from "../given.ts";
import type { FetchResponse } from "./fetch-type.ts";
import { unusableResponse } from "./unusable-response.ts";

/** Reads a body piece by piece. */
export interface BodyReader {
  /** Resolves with the next bytes, or undefined at the end. */
  read(): Promise<Uint8Array | undefined>;
  cancel(reason?: unknown): Promise<void>;
}

/** Statuses of replies that never have a body. */
const BODILESS: readonly number[] = [204, 205, 304];

/** Throws TypeError for a Response whose body cannot be read. */
export function checkBody(response: FetchResponse): void {
  const { status, body, bodyUsed, arrayBuffer } = response;
  if (bodyUsed === true || (isWebStream(body) && body.locked)) {
    throw unusableResponse(
      new TypeError(
        "fetch returned a Response whose body was read before. Read a copy of it: response.clone().",
      ),
    );
  }
  if (isWebStream(body) || typeof arrayBuffer === "function") return;
  if ((body === null && !("text" in response)) || BODILESS.includes(status)) return;
  throw unusableResponse(
    new TypeError(
      `fetch must return a Response with a function arrayBuffer or a ReadableStream as body, not ${given(body)}.`,
    ),
  );
}

/** Reads the body in one piece where it is no web stream, as of node-fetch, or not there, as in React Native. */
export function bodyReader(response: FetchResponse): BodyReader {
  const reader = isWebStream(response.body) ? response.body.getReader() : undefined;
  let isRead = false;
  const whole = async (): Promise<unknown> => {
    if (isRead || typeof response.arrayBuffer !== "function") return undefined;
    isRead = true;
    return (await response.arrayBuffer()) ?? null;
  };
  return {
    async read() {
      const value: unknown = reader === undefined ? await whole() : (await reader.read()).value;
      const bytes = value === undefined ? undefined : asBytes(value);
      if (bytes !== undefined || value === undefined) return bytes;
      throw unusableResponse(
        new TypeError(`The body of a Response must have bytes, not ${given(value)}.`),
      );
    },
    async cancel(reason) {
      if (reader === undefined) await discardBody(response);
      else await reader.cancel(reason);
    },
  };
}

/** Ends a reply whose body is not wanted, so that its connection is free. */
export async function discardBody({ body }: FetchResponse): Promise<void> {
  if (isWebStream(body)) await body.cancel();
  else (body as { destroy?: () => void } | null | undefined)?.destroy?.();
}

function isWebStream(body: FetchResponse["body"]): body is ReadableStreamLike {
  return typeof (body as Partial<ReadableStreamLike> | null | undefined)?.getReader === "function";
}
