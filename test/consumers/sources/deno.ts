// Deno: its files, its server, its key-value store.

import { createSource, type KeyValueStore } from "@wechat-edge/core";
import { createEmulator } from "@wechat-edge/emulator";
import { downloadMedia, uploadMedia } from "@wechat-edge/mp-media";
import { mp } from "./accepted.ts";

export const kvStore = (kv: Deno.Kv): KeyValueStore => ({
  get: async (key) => (await kv.get([key])).value,
  set: (key, value, { ttl }) => kv.set([key], value, { expireIn: ttl * 1000 }),
  delete: (key) => kv.delete([key]),
});

export async function deno(): Promise<unknown> {
  const account = await mp("", fetch);
  const file = await Deno.open("film.mp4");
  const { size } = await file.stat();
  createSource({
    size,
    async read(start, end) {
      await file.seek(start, Deno.SeekMode.Start);
      const bytes = new Uint8Array(end - start);
      await file.read(bytes);
      return bytes;
    },
  });
  await uploadMedia(account, { type: "video" }, { name: "film.mp4", size, stream: file.readable });
  Deno.serve((request) => createEmulator().fetch(request));
  const download = await downloadMedia(account, { media_id: "A" });
  if (download.kind !== "file") return undefined;
  await Deno.writeFile(download.name, download.body);
  let read = 0;
  for await (const chunk of download.body) read += chunk.byteLength;
  return read;
}
