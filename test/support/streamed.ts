import { digest } from "@wechat-edge/core";
import { type DigestedStreamInput, uploadImage } from "@wechat-edge/pay-media";
import { expect } from "vitest";
import { media } from "./media.ts";
import { payInProcess, payOverHttp } from "./pay.ts";

/** The file as a stream of chunks, as the body of a request arrives. */
export async function streamed(
  file: File,
  change: Partial<DigestedStreamInput> = {},
): Promise<DigestedStreamInput> {
  const sha256 = await digest(file, "SHA-256");
  return { name: file.name, size: file.size, sha256, stream: chunked(file), ...change };
}

export function chunked(file: Blob, chunkBytes = 10_000): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream({
    async pull(controller) {
      if (at >= file.size) return controller.close();
      const chunk = file.slice(at, at + chunkBytes);
      at += chunkBytes;
      controller.enqueue(new Uint8Array(await chunk.arrayBuffer()));
    },
  });
}

export const refused = async (change: (file: File) => Partial<DigestedStreamInput>) => {
  const picture = await media("licence.jpg");
  for (const pay of [payInProcess().pay, payOverHttp()]) {
    const upload = uploadImage(pay, await streamed(picture, change(picture)));
    await expect(upload).rejects.toMatchObject({ code: "ERR_MEDIA", reason: "changed" });
  }
};
