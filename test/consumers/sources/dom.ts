// A page: a file input, a Worker, a download shown.

import { createSource } from "@wechat-edge/core";
import { digestInWorker } from "@wechat-edge/core/hash-worker";
import { downloadMedia } from "@wechat-edge/mp-media";
import { checkImage } from "@wechat-edge/pay-media";
import { mp } from "./accepted.ts";

export async function page(input: HTMLInputElement): Promise<void> {
  const [file] = input.files ?? [];
  if (file === undefined) return;
  createSource(file);
  await checkImage(file);
  const createWorker = (): Worker => new Worker("worker.js", { type: "module" });
  await digestInWorker(file, "SHA-1", { createWorker, signal: AbortSignal.timeout(1000) });
  const download = await downloadMedia(await mp("", fetch), { media_id: "A" });
  if (download.kind !== "file") return;
  const [shown, kept] = download.body.tee();
  const url = URL.createObjectURL(await new Response(shown).blob());
  await kept.pipeThrough(new TextDecoderStream()).pipeTo(new WritableStream());
  URL.revokeObjectURL(url);
}
