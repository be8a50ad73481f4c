import { compress } from "./sha1-compress.ts";

const BLOCK_BYTES = 64;
/** The block without the 8 bytes of the length at its end. */
const PADDED_BYTES = 56;

/** 67452301, efcdab89, 98badcfe, 10325476 and c3d2e1f0 (FIPS 180-4, 5.3.1). */
// biome-ignore format: one word a line
const initialState: readonly number[] = [
  0x67, 0x45, 0x23, 0x01,
  0xef, 0xcd, 0xab, 0x89,
  0x98, 0xba, 0xdc, 0xfe,
  0x10, 0x32, 0x54, 0x76,
  0xc3, 0xd2, 0xe1, 0xf0,
];

/** An incremental SHA-1. */
export interface Sha1 {
  update(bytes: Uint8Array): unknown;
  digest(): Uint8Array;
}

/** Starts a SHA-1 (FIPS 180-4) in plain JavaScript, for runtimes without an incremental one. */
export function createSha1(): Sha1 {
  const state = new Uint8Array(initialState);
  const stateView = viewOf(state);
  const rest = new Uint8Array(BLOCK_BYTES);
  const restView = viewOf(rest);
  let total = 0;
  return {
    update(bytes) {
      const size = bytes.byteLength;
      const held = total % BLOCK_BYTES;
      total += size;
      let at = 0;
      if (held > 0) {
        at = Math.min(BLOCK_BYTES - held, size);
        rest.set(bytes.subarray(0, at), held);
        if (held + at < BLOCK_BYTES) return;
        compress(stateView, restView, 0, BLOCK_BYTES);
      }
      const end = size - ((size - at) % BLOCK_BYTES);
      if (at < end) compress(stateView, viewOf(bytes), at, end);
      rest.set(bytes.subarray(end));
    },
    digest() {
      const held = total % BLOCK_BYTES;
      rest.fill(0, held);
      rest[held] = 0x80;
      if (held >= PADDED_BYTES) {
        compress(stateView, restView, 0, BLOCK_BYTES);
        rest.fill(0);
      }
      // The length is in bits, as a 64-bit number.
      restView.setUint32(PADDED_BYTES, Math.floor(total / 2 ** 29));
      restView.setUint32(PADDED_BYTES + 4, total << 3);
      compress(stateView, restView, 0, BLOCK_BYTES);
      return state;
    },
  };
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
