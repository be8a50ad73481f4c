import type { ReadableStreamLike } from "@wechat-edge/core";

/**
 * The ReadableStream that your program's own `fetch` gives as the body of a Response: `new Response(stream)`, `for await`
 * and `Readable.fromWeb` take it wherever they take that body.
 */
export type ByteStream = typeof globalThis extends {
  fetch: (...args: never) => Promise<{ readonly body: infer Body }>;
}
  ? NonNullable<Body>
  : ReadableStreamLike;
