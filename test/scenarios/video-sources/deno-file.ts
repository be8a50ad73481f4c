import type { RandomAccessFile } from "@wechat-edge/core";

/** A Deno.FsFile, as far as it is used here. */
interface DenoFile {
  stat(): Promise<{ size: number }>;
  seek(offset: number, whence: number): Promise<number>;
  read(bytes: Uint8Array): Promise<number | null>;
}

export const denoFile = async (file: DenoFile, name: string): Promise<RandomAccessFile> => ({
  name,
  size: (await file.stat()).size,
  async read(start, end) {
    const bytes = new Uint8Array(end - start);
    await file.seek(start, 0); // Deno.SeekMode.Start
    let at = 0;
    while (at < bytes.length) {
      const count = await file.read(bytes.subarray(at));
      if (count === null) break;
      at += count;
    }
    return bytes.subarray(0, at);
  },
});
