import { MediaError } from "../errors.ts";

/**
 * Returns the bytes of a Uint8Array or an ArrayBuffer, or undefined for anything else. Not by `instanceof`: frames,
 * test DOMs and sandboxes have classes of their own.
 */
export function asBytes(value: unknown): Uint8Array | undefined {
  const kind = Object.prototype.toString.call(value);
  if (ArrayBuffer.isView(value) && kind === "[object Uint8Array]") return value as Uint8Array;
  if (kind !== "[object ArrayBuffer]") return undefined;
  const buffer = value as ArrayBuffer;
  return viewOf(buffer, 0, buffer.byteLength);
}

/** Makes a view of a buffer. Throws MediaError if the buffer was transferred: it has no bytes any more. */
export function viewOf(buffer: ArrayBufferLike, offset: number, length: number): Uint8Array {
  try {
    return new Uint8Array(buffer, offset, length);
  } catch (cause) {
    throw new MediaError(
      "The bytes of the file are gone: their ArrayBuffer was transferred, as by postMessage. Pass a copy.",
      { reason: "changed", cause },
    );
  }
}
