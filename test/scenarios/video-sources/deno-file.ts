import type { RandomAccessFile } from "@wechat-edge/core";

// The part that is used here.
declare namespace Deno {
  interface FsFile {
    stat(): Promise<{ size: number }>;
    seek(offset: number, whence: number): Promise<number>;
    read(bytes: Uint8Array): Promise<number | null>;
  }
  export const SeekMode: { readonly Start: number };
}

export const denoFile = async (file: Deno.FsFile, name: string): Promise<RandomAccessFile> => ({
  name,
  size: (await file.stat()).size,
  async read(start, end) {
    const bytes = new Uint8Array(end - start);
    await file.seek(start, Deno.SeekMode.Start);
    let at = 0;
    while (at < bytes.length) {
      const count = await file.read(bytes.subarray(at));
      if (count === null) break;
      at += count;
    }
    return bytes.subarray(0, at);
  },
});
