import type { RandomAccessFile } from "@wechat-edge/core";
import type { StreamInput } from "@wechat-edge/pay-media";
import { sha256OfContentDigest } from "./content-digest.ts";
import { RequestError } from "./request-error.ts";

/** The file that a request carries as its body. */
export interface IncomingFile {
  readonly file: StreamInput | RandomAccessFile;
  /** Reads what the upload has left of the body. */
  readonly rest: () => Promise<void>;
}

/**
 * With a Content-Digest the file is passed on while it arrives; without one it is collected, since
 * its SHA-256 has to go out before it.
 */
export function incomingFile(request: Request): IncomingFile {
  const name = nameOf(request);
  const size = sizeOf(request);
  const sha256 = sha256OfContentDigest(request.headers.get("Content-Digest"));
  if (sha256 !== undefined) {
    const { stream, rest } = bodyStream(request);
    return { file: { name, size, sha256, stream }, rest };
  }
  // The upload checks name and size first and reads once, so no large body is collected in vain.
  const read = async (start: number, end: number) =>
    new Uint8Array(await request.arrayBuffer()).subarray(start, end);
  return { file: { name, size, read }, rest: async () => undefined };
}

/**
 * The body, which a refused upload does not cancel: workerd would then close the connection while
 * the caller is still sending, and the caller would not see why.
 */
function bodyStream(request: Request): {
  stream: ReadableStream<Uint8Array>;
  readonly rest: () => Promise<void>;
} {
  let reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  const stream = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        reader ??= request.body?.getReader();
        const next = await reader?.read();
        if (next?.value === undefined) controller.close();
        else controller.enqueue(next.value);
      },
    },
    { highWaterMark: 0 },
  );
  return {
    stream,
    async rest() {
      try {
        while ((await reader?.read())?.done === false);
      } catch {
        // The caller has gone.
      }
    },
  };
}

function nameOf(request: Request): string {
  const name = new URL(request.url).searchParams.get("name") ?? "";
  // URLSearchParams puts U+FFFD where the bytes are not UTF-8.
  if (name !== "" && !name.includes("\u{fffd}")) return name;
  throw new RequestError(400, {
    code: "ERR_NAME",
    message:
      "Give the file's name in the query, in UTF-8 and percent-encoded: ?name=licence.jpg or ?name=%E6%89%A7%E7%85%A7.jpg.",
  });
}

function sizeOf(request: Request): number {
  const length = request.headers.get("Content-Length");
  if (length !== null && /^\d{1,15}$/.test(length)) return Number(length);
  throw new RequestError(411, {
    code: "ERR_LENGTH_REQUIRED",
    message:
      "Send a Content-Length: WeChat Pay takes no upload of unknown length. curl does so with --data-binary @file.",
  });
}
