/**
 * A Uint8Array or an ArrayBuffer as bytes, or undefined. `instanceof` would refuse those of another realm: a page's
 * frame, a test's DOM and a sandbox have classes of their own.
 */
export function asBytes(value: unknown): Uint8Array | undefined {
  const kind = Object.prototype.toString.call(value);
  if (ArrayBuffer.isView(value) && kind === "[object Uint8Array]") return value as Uint8Array;
  return kind === "[object ArrayBuffer]" ? new Uint8Array(value as ArrayBuffer) : undefined;
}
