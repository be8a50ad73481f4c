import { createHash } from "node:crypto";

/** Node's own SHA-1, for the blocks of a video. */
export function nodeSha1() {
  const hash = createHash("sha1");
  return { update: (bytes: Uint8Array) => void hash.update(bytes), hex: () => hash.digest("hex") };
}
