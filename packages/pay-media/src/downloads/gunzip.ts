import { ReplyError } from "@wechat-edge/core";
import { type ByteReader, byteStream, feature } from "@wechat-edge/core/internal/upload";

/** Whether a file begins as gzip files do. */
export function isGzip(head: Uint8Array): boolean {
  return head[0] === 0x1f && head[1] === 0x8b;
}

/** Decompresses while it is read. Throws ReplyError in a runtime that cannot. */
export function gunzipped(
  packed: ByteReader,
  about: { readonly status: number; readonly requestId: string | undefined },
): ByteReader {
  const decompression = feature(() => new DecompressionStream("gzip"));
  if (decompression === undefined) {
    throw new ReplyError(
      "The file is gzip, and this runtime has no DecompressionStream: ask for the bill without tar_type, or pass gunzip: false and decompress it yourself.",
      about,
    );
  }
  let broken: { readonly error: unknown } | undefined;
  const watched: ByteReader = {
    ...packed,
    read: () =>
      packed.read().catch((error: unknown) => {
        broken = { error };
        throw error;
      }),
  };
  const stream = byteStream(watched, undefined);
  const reader = stream.pipeThrough(decompression).getReader();
  return {
    async read() {
      try {
        return (await reader.read()).value;
      } catch (cause) {
        if (broken !== undefined) throw broken.error;
        throw new ReplyError(
          "The gzip file is damaged or cut short. Discard what came, and download it again.",
          { ...about, cause },
        );
      }
    },
    cancel: (reason) => reader.cancel(reason).catch(() => packed.cancel(reason)),
  };
}
