/** What is reserved for a body before it comes. */
const FIRST_BYTES = 64 * 1024;

/** A body as it comes. */
export interface ArrivingBytes {
  /** Copies a chunk to the end. */
  add: (chunk: Uint8Array) => void;
  /** All that came, in one piece. */
  whole: () => Uint8Array<ArrayBuffer>;
}

/**
 * Filled as the chunks arrive: collecting the chunks of a large body first costs more than the copy. It grows with what
 * came, up to `most`: hundreds of clients may announce a large body and send nothing.
 */
export function arrivingBytes(most: number): ArrivingBytes {
  let bytes = new Uint8Array(Math.min(most, FIRST_BYTES));
  let size = 0;
  return {
    add(chunk) {
      const end = size + chunk.length;
      if (end > bytes.length) {
        const larger = new Uint8Array(Math.max(end, Math.min(most, bytes.length * 2)));
        larger.set(bytes.subarray(0, size));
        bytes = larger;
      }
      bytes.set(chunk, size);
      size = end;
    },
    whole: () => (size === bytes.length ? bytes : bytes.slice(0, size)),
  };
}
