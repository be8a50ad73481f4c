import { sha1 } from "@noble/hashes/legacy.js";
import { hex } from "../../bytes/hex.ts";

/** An incremental SHA-1: WebCrypto digests whole messages only, and a video of 2 GiB is never held whole. */
export interface Sha1 {
  update(bytes: Uint8Array): void;
  /** Lower-case hex of all bytes so far; to be called once, at the end. */
  hex(): string;
}

export function createSha1(): Sha1 {
  const hash = sha1.create();
  return {
    update: (bytes) => void hash.update(bytes),
    hex: () => hex(hash.digest()),
  };
}
