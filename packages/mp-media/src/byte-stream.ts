import type { ReadableStreamLike } from "@wechat-edge/core";

/**
 * The ReadableStream of the program that is compiled, as the body of its Response has it: `new Response(stream)`,
 * `for await` and `Readable.fromWeb` take it where they take that body.
 */
export type ByteStream = typeof globalThis extends {
  fetch: (...args: never) => Promise<{ readonly body: infer Body }>;
}
  ? NonNullable<Body>
  : ReadableStreamLike;
