/** What is reserved at first: who announces gigabytes may send nothing. */
const FIRST_BYTES = 64 * 1024;

/** Bytes as they come. */
export interface ArrivingBytes {
  /** Copies a chunk to the end. */
  add(chunk: Uint8Array): void;
  /** All that came, in one piece. */
  whole(): Uint8Array<ArrayBuffer>;
}

/** Collects bytes in memory that grows with what came, never with what was announced. */
export function arrivingBytes(most: number): ArrivingBytes {
  let bytes = new Uint8Array(Math.min(most, FIRST_BYTES));
  let length = 0;
  return {
    add(chunk) {
      const end = length + chunk.byteLength;
      if (end > bytes.byteLength) {
        const larger = new Uint8Array(Math.max(end, Math.min(most, bytes.byteLength * 2)));
        larger.set(bytes.subarray(0, length));
        bytes = larger;
      }
      bytes.set(chunk, length);
      length = end;
    },
    whole: () => (length === bytes.byteLength ? bytes : bytes.slice(0, length)),
  };
}
