// What a client reads of the media it downloads.

import { createMpClient, type MpClient } from "@wechat-edge/core";
import { credentials } from "@wechat-edge/emulator";
import type { DownloadedFile, getMaterial, VideoAddress } from "@wechat-edge/mp-media";

/** A client that is answered this to whatever it asks. */
export function answered(reply: () => Response): MpClient & { asked(): number } {
  let asked = 0;
  const mp = createMpClient({
    appid: credentials.mp.appid,
    getAccessToken: () => "token-of-the-test",
    sleep: async () => undefined,
    async fetch() {
      asked += 1;
      return reply();
    },
  });
  return Object.assign(mp, { asked: () => asked });
}

export function textReply(text: string, type = "text/plain"): Response {
  return new Response(text, { headers: { "content-type": type } });
}

export function fileOf(
  result: DownloadedFile | VideoAddress | Awaited<ReturnType<typeof getMaterial>>,
): DownloadedFile {
  if (result.kind === "file") return result;
  throw new Error(`It is of kind ${result.kind}.`);
}

/** By hand: in a browser a Response made of a stream has a TypeError of its own in place of the stream's error. */
export async function bytesOf(
  body: ReadableStream<Uint8Array> | Blob | null,
): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = (body instanceof Blob ? body.stream() : body)?.getReader();
  while (reader !== undefined) {
    const { done, value } = await reader.read();
    if (done) break;
    chunks.push(value);
    size += value.length;
  }
  const bytes = new Uint8Array(size);
  for (const chunk of chunks.reverse()) {
    size -= chunk.length;
    bytes.set(chunk, size);
  }
  return bytes;
}
