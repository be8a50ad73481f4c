/** One element of DER (X.690). */
export interface Der {
  readonly tag: number;
  readonly content: Uint8Array;
  /** The element with its tag and length. */
  readonly bytes: Uint8Array;
}

/** The length byte of an element without a length, as in BER: it goes on to the end. */
const OPEN = 0x80;

/** Reads the element that the bytes begin with; returns undefined if they end before it does. */
export function readDer(bytes: Uint8Array): Der | undefined {
  const [tag, first] = bytes;
  if (tag === undefined || first === undefined) return undefined;
  const start = 2 + (first > OPEN ? first - OPEN : 0);
  let length = first > OPEN ? 0 : first;
  for (const byte of bytes.subarray(2, start)) length = length * 256 + byte;
  const end = first === OPEN ? bytes.byteLength : start + length;
  if (end > bytes.byteLength) return undefined;
  return { tag, content: bytes.subarray(start, end), bytes: bytes.subarray(0, end) };
}

/** The elements inside an element; those before the first broken one if it is malformed. */
export function partsOf({ content }: Der): Der[] {
  const parts: Der[] = [];
  for (let rest = content; rest.byteLength > 0; ) {
    const part = readDer(rest);
    if (part === undefined) break;
    parts.push(part);
    rest = rest.subarray(part.bytes.byteLength);
  }
  return parts;
}

/** Makes an element of up to 65,535 bytes. */
export function writeDer(tag: number, content: Uint8Array): Uint8Array<ArrayBuffer> {
  const length = content.byteLength;
  const size =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  const der = new Uint8Array(1 + size.length + length);
  der.set([tag, ...size]);
  der.set(content, 1 + size.length);
  return der;
}
