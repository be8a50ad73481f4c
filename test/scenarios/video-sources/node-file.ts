import type { FileHandle } from "node:fs/promises";
import type { RandomAccessFile } from "@wechat-edge/core";

export const nodeFile = async (handle: FileHandle, name: string): Promise<RandomAccessFile> => ({
  name,
  size: (await handle.stat()).size,
  async read(start, end) {
    const bytes = new Uint8Array(end - start);
    let at = 0;
    while (at < bytes.length) {
      const { bytesRead } = await handle.read(bytes, at, bytes.length - at, start + at);
      if (bytesRead === 0) break;
      at += bytesRead;
    }
    return bytes.subarray(0, at);
  },
});
