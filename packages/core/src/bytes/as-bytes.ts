import { MediaError } from "../errors.ts";

/**
 * A Uint8Array or an ArrayBuffer as bytes, or undefined. `instanceof` would refuse those of another realm: a page's
 * frame, a test's DOM and a sandbox have classes of their own.
 */
export function asBytes(value: unknown): Uint8Array | undefined {
  const kind = Object.prototype.toString.call(value);
  if (ArrayBuffer.isView(value) && kind === "[object Uint8Array]") return value as Uint8Array;
  if (kind !== "[object ArrayBuffer]") return undefined;
  const buffer = value as ArrayBuffer;
  return viewOf(buffer, 0, buffer.byteLength);
}

/** A buffer that was transferred has no bytes any more, and its length is 0. */
export function viewOf(buffer: ArrayBufferLike, offset: number, length: number): Uint8Array {
  try {
    return new Uint8Array(buffer, offset, length);
  } catch (cause) {
    throw new MediaError(
      "The bytes of the file are gone: their ArrayBuffer was transferred, as by postMessage. Pass a copy that was made before.",
      { reason: "changed", cause },
    );
  }
}
