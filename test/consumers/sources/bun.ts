// Bun: its files, its Worker, its server.

import { createSource } from "@wechat-edge/core";
import { digestInWorker } from "@wechat-edge/core/hash-worker";
import { createEmulator } from "@wechat-edge/emulator";
import { downloadMedia, uploadMedia } from "@wechat-edge/mp-media";
import { mp } from "./accepted.ts";

export async function bun(): Promise<unknown> {
  const account = await mp("", fetch);
  createSource(Buffer.from("abc"));
  createSource(Bun.file("licence.jpg"));
  await uploadMedia(account, { type: "image" }, { size: 3, stream: Bun.file("a.jpg").stream() });
  await digestInWorker(Bun.file("a.mp4"), "SHA-1", { createWorker: () => new Worker("worker.js") });
  Bun.serve({ fetch: (request) => createEmulator().fetch(request) });
  const download = await downloadMedia(account, { media_id: "A" });
  if (download.kind !== "file") return undefined;
  await Bun.write(download.name, new Response(download.body));
  let size = 0;
  for await (const chunk of download.body) size += chunk.byteLength;
  return size;
}
