// FIPS 180-4, SHA-1: WebCrypto digests whole messages only, and a video of 2 GiB is never held whole.

/** An incremental SHA-1. */
export interface Sha1 {
  update(bytes: Uint8Array): void;
  /** Lower-case hex of all bytes so far; to be called once, at the end. */
  hex(): string;
}

const BLOCK_BYTES = 64;

/** Takes the place of the state of five words what it is after one more block. */
function compress(state: Int32Array, words: Int32Array, bytes: Uint8Array, at: number): void {
  for (let i = 0, from = at; i < 16; i++, from += 4) {
    words[i] =
      ((bytes[from] as number) << 24) |
      ((bytes[from + 1] as number) << 16) |
      ((bytes[from + 2] as number) << 8) |
      (bytes[from + 3] as number);
  }
  for (let i = 16; i < 80; i++) {
    const mixed =
      (words[i - 3] as number) ^
      (words[i - 8] as number) ^
      (words[i - 14] as number) ^
      (words[i - 16] as number);
    words[i] = (mixed << 1) | (mixed >>> 31);
  }
  let a = state[0] as number;
  let b = state[1] as number;
  let c = state[2] as number;
  let d = state[3] as number;
  let e = state[4] as number;
  let next = 0;
  // Five rounds at a time leave every word where it was, so that none has to be handed on.
  for (let i = 0; i < 20; i += 5) {
    e = (((a << 5) | (a >>> 27)) + (d ^ (b & (c ^ d))) + e + (words[i] as number) + 0x5a827999) | 0;
    b = (b << 30) | (b >>> 2);
    next = d + (words[i + 1] as number) + 0x5a827999;
    d = (((e << 5) | (e >>> 27)) + (c ^ (a & (b ^ c))) + next) | 0;
    a = (a << 30) | (a >>> 2);
    next = c + (words[i + 2] as number) + 0x5a827999;
    c = (((d << 5) | (d >>> 27)) + (b ^ (e & (a ^ b))) + next) | 0;
    e = (e << 30) | (e >>> 2);
    next = b + (words[i + 3] as number) + 0x5a827999;
    b = (((c << 5) | (c >>> 27)) + (a ^ (d & (e ^ a))) + next) | 0;
    d = (d << 30) | (d >>> 2);
    next = a + (words[i + 4] as number) + 0x5a827999;
    a = (((b << 5) | (b >>> 27)) + (e ^ (c & (d ^ e))) + next) | 0;
    c = (c << 30) | (c >>> 2);
  }
  for (let i = 20; i < 80; i += 20) {
    const majority = i === 40;
    const constant = i === 20 ? 0x6ed9eba1 : majority ? 0x8f1bbcdc : 0xca62c1d6;
    for (let j = i; j < i + 20; j += 5) {
      next = e + (words[j] as number) + constant;
      e = (((a << 5) | (a >>> 27)) + (majority ? (b & c) | (d & (b | c)) : b ^ c ^ d) + next) | 0;
      b = (b << 30) | (b >>> 2);
      next = d + (words[j + 1] as number) + constant;
      d = (((e << 5) | (e >>> 27)) + (majority ? (a & b) | (c & (a | b)) : a ^ b ^ c) + next) | 0;
      a = (a << 30) | (a >>> 2);
      next = c + (words[j + 2] as number) + constant;
      c = (((d << 5) | (d >>> 27)) + (majority ? (e & a) | (b & (e | a)) : e ^ a ^ b) + next) | 0;
      e = (e << 30) | (e >>> 2);
      next = b + (words[j + 3] as number) + constant;
      b = (((c << 5) | (c >>> 27)) + (majority ? (d & e) | (a & (d | e)) : d ^ e ^ a) + next) | 0;
      d = (d << 30) | (d >>> 2);
      next = a + (words[j + 4] as number) + constant;
      a = (((b << 5) | (b >>> 27)) + (majority ? (c & d) | (e & (c | d)) : c ^ d ^ e) + next) | 0;
      c = (c << 30) | (c >>> 2);
    }
  }
  state[0] = (state[0] as number) + a;
  state[1] = (state[1] as number) + b;
  state[2] = (state[2] as number) + c;
  state[3] = (state[3] as number) + d;
  state[4] = (state[4] as number) + e;
}

export function createSha1(): Sha1 {
  const state = Int32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0);
  const words = new Int32Array(80);
  const rest = new Uint8Array(BLOCK_BYTES);
  let length = 0;
  const update = (bytes: Uint8Array): void => {
    let at = 0;
    const held = length % BLOCK_BYTES;
    length += bytes.length;
    if (held > 0) {
      at = Math.min(BLOCK_BYTES - held, bytes.length);
      rest.set(bytes.subarray(0, at), held);
      if (held + at < BLOCK_BYTES) return;
      compress(state, words, rest, 0);
    }
    for (; at + BLOCK_BYTES <= bytes.length; at += BLOCK_BYTES) compress(state, words, bytes, at);
    rest.set(bytes.subarray(at));
  };
  return {
    update,
    hex() {
      const bits = new DataView(new ArrayBuffer(8));
      bits.setBigUint64(0, BigInt(length) * 8n);
      const padding = new Uint8Array(((BLOCK_BYTES + 55 - (length % BLOCK_BYTES)) % 64) + 1);
      padding[0] = 0x80;
      update(padding);
      update(new Uint8Array(bits.buffer));
      return Array.from(state, (word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
    },
  };
}
