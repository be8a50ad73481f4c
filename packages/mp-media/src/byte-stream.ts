import type { ReadableStreamLike } from "@wechat-edge/core";

/**
 * The type of `response.body` in your program, by the types of its own `fetch`. So `new Response(stream)`, `for await` and
 * `Readable.fromWeb` accept a stream of this type if they accept that body.
 */
export type ByteStream = typeof globalThis extends {
  fetch: (...args: never) => Promise<{ readonly body: infer Body }>;
}
  ? NonNullable<Body>
  : ReadableStreamLike;
