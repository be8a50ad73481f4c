import type { R2Bucket } from "@cloudflare/workers-types";
import { MediaError, type RandomAccessFile } from "@wechat-edge/core";

export const r2File = async (bucket: R2Bucket, key: string): Promise<RandomAccessFile> => {
  const found = await bucket.head(key);
  if (found === null) throw new Error(`There is no ${key} in the bucket.`);
  const { size, etag } = found;
  return {
    name: key.slice(key.lastIndexOf("/") + 1),
    size,
    async read(start, end) {
      const range = { offset: start, length: end - start };
      const part = await bucket.get(key, { range, onlyIf: { etagMatches: etag } });
      if (part === null || !("body" in part)) {
        throw new MediaError(`${key} changed while it was read.`, { reason: "changed" });
      }
      return new Uint8Array(await part.arrayBuffer());
    },
  };
};
