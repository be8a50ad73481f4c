// SM3 (GB/T 32905-2016), which WebCrypto and @noble/hashes do not have.

const BLOCK_BYTES = 64;
const START = [
  0x7380166f, 0x4914b2b9, 0x172442d7, 0xda8a0600, 0xa96f30bc, 0x163138aa, 0xe38dee4d, 0xb0fb0e4e,
];

const rotl = (word: number, by: number): number => (word << by) | (word >>> (32 - by));
const permuted0 = (word: number): number => word ^ rotl(word, 9) ^ rotl(word, 17);
const permuted1 = (word: number): number => word ^ rotl(word, 15) ^ rotl(word, 23);

/** The message with 0x80, zeros and its length in bits, to whole blocks. */
function padded(message: Uint8Array): DataView {
  const blocks = Math.ceil((message.length + 9) / BLOCK_BYTES);
  const bytes = new Uint8Array(blocks * BLOCK_BYTES);
  bytes.set(message);
  bytes[message.length] = 0x80;
  const view = new DataView(bytes.buffer);
  view.setBigUint64(bytes.length - 8, BigInt(message.length) * 8n);
  return view;
}

function expanded(view: DataView, at: number): number[] {
  const words = Array.from({ length: 16 }, (_, i) => view.getInt32(at + i * 4));
  const word = (i: number): number => words[i] ?? 0;
  for (let i = 16; i < 68; i++) {
    const mixed = permuted1(word(i - 16) ^ word(i - 9) ^ rotl(word(i - 3), 15));
    words.push(mixed ^ rotl(word(i - 13), 7) ^ word(i - 6));
  }
  return words;
}

function compress(state: readonly number[], words: readonly number[]): number[] {
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
  for (let i = 0; i < 64; i++) {
    const word = words[i] ?? 0;
    const constant = rotl(i < 16 ? 0x79cc4519 : 0x7a879d8a, i % 32);
    const first = rotl((rotl(a, 12) + e + constant) | 0, 7);
    const second = first ^ rotl(a, 12);
    const chosen = i < 16 ? a ^ b ^ c : (a & b) | (a & c) | (b & c);
    const other = i < 16 ? e ^ f ^ g : (e & f) | (~e & g);
    const next = (chosen + d + second + (word ^ (words[i + 4] ?? 0))) | 0;
    const low = (other + h + first + word) | 0;
    [d, c, b, a] = [c, rotl(b, 9), a, next];
    [h, g, f, e] = [g, rotl(f, 19), e, permuted0(low)];
  }
  return [a, b, c, d, e, f, g, h].map((word, i) => word ^ (state[i] ?? 0));
}

/** The SM3 of a message, 32 bytes. */
export function sm3(message: Uint8Array): Uint8Array {
  const view = padded(message);
  let state = START;
  for (let at = 0; at < view.byteLength; at += BLOCK_BYTES) {
    state = compress(state, expanded(view, at));
  }
  const digest = new DataView(new ArrayBuffer(32));
  state.forEach((word, i) => {
    digest.setInt32(i * 4, word);
  });
  return new Uint8Array(digest.buffer);
}
