import { createHasher, ReplyError } from "@wechat-edge/core";
import { type ByteReader, encodeHex } from "@wechat-edge/core/internal/upload";
import type { ComparedDigest } from "./expected-digest.ts";

/** Hands out the last bytes only if the digest is right; else the read of them rejects. */
export function digestChecked(
  file: ByteReader,
  { algorithm, value }: ComparedDigest,
  about: { readonly status: number; readonly requestId: string | undefined },
): ByteReader {
  const hasher = createHasher(algorithm);
  let held: Uint8Array | undefined;
  let length = 0;
  let ended = false;
  const next = async (): Promise<Uint8Array | undefined> => {
    let bytes = await file.read();
    while (bytes?.byteLength === 0) bytes = await file.read(); // withholding nothing would withhold no bytes
    if (bytes !== undefined) {
      await hasher.update(bytes);
      length += bytes.byteLength;
      return bytes;
    }
    ended = true;
    const digest = encodeHex(await hasher.digest());
    if (digest === value) return undefined;
    throw new ReplyError(
      `The file differs from its digest: ${length} bytes came with the ${algorithm} ${digest}, and WeChat Pay stated ${value}. The last bytes were withheld: discard the others, and ask for a new download_url.`,
      about,
    );
  };
  return {
    async read() {
      if (ended) return undefined;
      held ??= await next();
      const following = ended ? undefined : await next();
      const bytes = held;
      held = following;
      return bytes;
    },
    cancel: (reason) => file.cancel(reason),
  };
}
