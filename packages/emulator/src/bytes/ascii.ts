/** Bytes as characters, for the names in the head of a file; fewer at its end. */
export const ascii = (bytes: Uint8Array, at: number, length: number): string =>
  String.fromCharCode(...bytes.subarray(at, at + length));
