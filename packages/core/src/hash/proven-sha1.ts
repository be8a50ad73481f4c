import { encodeHex } from "../bytes/hex.ts";
import { encodeUtf8 } from "../bytes/utf8.ts";
import type { Sha1 } from "./sha1.ts";

/** Examples of FIPS 180-4. */
const vectors: readonly (readonly [text: string, sha1: string])[] = [
  ["", "da39a3ee5e6b4b0d3255bfef95601890afd80709"],
  ["abc", "a9993e364706816aba3e25717850c26c9cd0d89d"],
  [
    "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
    "84983e441c3bd26ebaae4aa1f95129e5e54670f1",
  ],
];
// Few and short, because engines only interpret code that is new: all of it takes 2 or 3 ms.
/** Either side of where the padding takes one more block, and of where a block ends. */
const edgeLengths: readonly number[] = [55, 56, 63, 64];
const RANDOM_INPUTS = 10;
const RANDOM_LENGTH_LIMIT = 160;

/**
 * A SHA-1 that proves itself before it serves: at the first start the candidate hashes vectors and
 * random inputs beside the reference. Where they differ, the reference serves for good.
 *
 * @param random - numbers from 0 to below 1, as `Math.random` gives them
 */
export function provenSha1(
  candidate: () => Sha1,
  reference: () => Sha1,
  random: () => number = Math.random,
): () => Sha1 {
  let chosen: (() => Sha1) | undefined;
  return () => {
    chosen ??= holds(candidate, reference, random) ? candidate : reference;
    return chosen();
  };
}

function holds(candidate: () => Sha1, reference: () => Sha1, random: () => number): boolean {
  const below = (limit: number): number => Math.floor(random() * limit);
  const randomLengths = Array.from({ length: RANDOM_INPUTS }, () => below(RANDOM_LENGTH_LIMIT));
  try {
    return (
      vectors.every(
        ([text, sha1]) => hashInPieces(candidate(), encodeUtf8(text), below) === sha1,
      ) &&
      [...edgeLengths, ...randomLengths].every((length) => {
        const bytes = Uint8Array.from({ length }, () => below(256));
        const expected = reference();
        expected.update(bytes);
        return hashInPieces(candidate(), bytes, below) === encodeHex(expected.digest());
      })
    );
  } catch {
    return false;
  }
}

/** Cuts at random, starts at any offset of the memory, and reuses the memory for the next piece. */
function hashInPieces(hash: Sha1, bytes: Uint8Array, below: (limit: number) => number): string {
  const memory = new Uint8Array(bytes.length + 8);
  for (let at = 0, size: number; at < bytes.length; at += size) {
    size = 1 + below(bytes.length - at);
    const offset = below(8);
    memory.set(bytes.subarray(at, at + size), offset);
    hash.update(memory.subarray(offset, offset + size));
  }
  return encodeHex(hash.digest());
}
