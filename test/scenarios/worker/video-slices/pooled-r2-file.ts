import type { R2Bucket } from "@cloudflare/workers-types";
import { MediaError, type ReadableFile } from "@wechat-edge/core";

/** An object of R2, read by ranges into one buffer that goes round: a new one for each read would wait for the collector. */
export async function pooledR2File(bucket: R2Bucket, key: string): Promise<ReadableFile> {
  const found = await bucket.head(key);
  if (found === null) throw new Error(`There is no ${key} in the bucket.`);
  const { size, etag } = found;
  let buffer = new ArrayBuffer(0);
  return {
    name: key,
    size,
    async read(start, end) {
      const length = end - start;
      const range = { offset: start, length };
      const part = await bucket.get(key, { range, onlyIf: { etagMatches: etag } });
      if (part === null || !("body" in part)) {
        throw new MediaError(`${key} changed while it was read.`, { reason: "changed" });
      }
      const reader = part.body.getReader({ mode: "byob" });
      if (buffer.byteLength < length) buffer = new ArrayBuffer(length);
      const { value } = await reader.readAtLeast(length, new Uint8Array(buffer, 0, length));
      await reader.cancel();
      if (value === undefined) return new Uint8Array(0);
      buffer = value.buffer;
      return value;
    },
  };
}
