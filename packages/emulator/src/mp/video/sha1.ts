import { sha1 } from "@noble/hashes/legacy.js";
import { hex } from "../../bytes/hex.ts";

/** An incremental SHA-1: WebCrypto hashes whole messages only, and 2 GiB do not fit into memory. */
export interface Sha1 {
  update(bytes: Uint8Array): void;
  /** The digest in lower-case hex. Call it once, at the end. */
  hex(): string;
}

export function createSha1(): Sha1 {
  const hash = sha1.create();
  return {
    update: (bytes) => void hash.update(bytes),
    hex: () => hex(hash.digest()),
  };
}
