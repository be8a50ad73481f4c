/** The largest block that is stored as it is (RFC 1951, 3.2.4). */
const MAX_BLOCK_BYTES = 0xffff;

function crc32(bytes: Uint8Array): number {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

/** A gzip file of stored blocks (RFC 1952): not smaller, but the same in every runtime. */
export function gzip(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const blocks = Math.max(1, Math.ceil(bytes.length / MAX_BLOCK_BYTES));
  const packed = new Uint8Array(10 + 5 * blocks + bytes.length + 8);
  packed.set([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff]);
  const view = new DataView(packed.buffer);
  let at = 10;
  for (let block = 0; block < blocks; block++) {
    const part = bytes.subarray(block * MAX_BLOCK_BYTES, (block + 1) * MAX_BLOCK_BYTES);
    packed[at] = block === blocks - 1 ? 1 : 0;
    view.setUint16(at + 1, part.length, true);
    view.setUint16(at + 3, ~part.length & 0xffff, true);
    packed.set(part, at + 5);
    at += 5 + part.length;
  }
  view.setUint32(at, crc32(bytes), true);
  view.setUint32(at + 4, bytes.length, true);
  return packed;
}
