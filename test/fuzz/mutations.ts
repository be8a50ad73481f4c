// Valid files and texts with a few things wrong: noise alone is refused by the first check of a parser.

import * as fc from "fast-check";

/** Numbers that lengths and counts go wrong at. */
const EDGES = [
  0, 1, 2, 0x7f, 0x80, 0x81, 0xff, 0x100, 0x7fff, 0x8000, 0xffff, 0x7fffffff, 0x80000000,
  0xffffffff,
];

/** A place in a file, as a part of its length. */
const place = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const span = fc.tuple(place, fc.nat({ max: 300 }));

type ByteEdit = (bytes: Uint8Array) => Uint8Array;

const at = (bytes: Uint8Array, where: number): number => Math.floor(where * bytes.length);
const chunk = (bytes: Uint8Array, [where, length]: readonly [number, number]): Uint8Array =>
  bytes.subarray(at(bytes, where), at(bytes, where) + length);
const joined = (...parts: readonly Uint8Array[]): Uint8Array => {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let end = 0;
  for (const part of parts) {
    whole.set(part, end);
    end += part.length;
  }
  return whole;
};
const inserted = (bytes: Uint8Array, where: number, part: Uint8Array): Uint8Array =>
  joined(bytes.subarray(0, at(bytes, where)), part, bytes.subarray(at(bytes, where)));

/** Writes a number of one, two, four or eight bytes over what is there, in either order. */
function overwritten(
  bytes: Uint8Array,
  where: number,
  [width, value, little]: readonly [1 | 2 | 4 | 8, number, boolean],
): Uint8Array {
  const copy = bytes.slice();
  const start = at(bytes, where);
  if (start + width > copy.length) return copy;
  const view = new DataView(copy.buffer);
  if (width === 1) view.setUint8(start, value & 0xff);
  else if (width === 2) view.setUint16(start, value & 0xffff, little);
  else if (width === 4) view.setUint32(start, value, little);
  else view.setBigUint64(start, BigInt(value) << 31n, little);
  return copy;
}

/** One edit of bytes: a bit flipped, an end cut off, a chunk doubled, left out or moved, a length swapped for another. */
function byteEdit(corpus: readonly Uint8Array[]): fc.Arbitrary<ByteEdit> {
  const width = fc.constantFrom<1 | 2 | 4 | 8>(1, 2, 4, 8);
  const number = fc.tuple(width, fc.constantFrom(...EDGES), fc.boolean());
  return fc.oneof(
    fc.tuple(place, fc.nat({ max: 7 })).map(
      ([where, bit]): ByteEdit =>
        (bytes) => {
          const copy = bytes.slice();
          const index = at(bytes, where);
          if (index < copy.length) copy[index] = (copy[index] ?? 0) ^ (1 << bit);
          return copy;
        },
    ),
    fc.tuple(place, number).map(
      ([where, value]): ByteEdit =>
        (b) =>
          overwritten(b, where, value),
    ),
    // The first bytes are where most lengths stand.
    fc.tuple(fc.nat({ max: 63 }), number).map(
      ([index, value]): ByteEdit =>
        (b) =>
          overwritten(b, index / (b.length || 1), value),
    ),
    place.map(
      (where): ByteEdit =>
        (bytes) =>
          bytes.slice(0, at(bytes, where)),
    ),
    place.map(
      (where): ByteEdit =>
        (bytes) =>
          bytes.slice(at(bytes, where)),
    ),
    fc.tuple(span, place).map(
      ([s, where]): ByteEdit =>
        (b) =>
          inserted(b, where, chunk(b, s)),
    ),
    span.map(
      ([where, length]): ByteEdit =>
        (bytes) => {
          const start = at(bytes, where);
          return joined(bytes.subarray(0, start), bytes.subarray(start + length));
        },
    ),
    fc.tuple(fc.constantFrom(...corpus), span, place).map(
      ([other, s, where]): ByteEdit =>
        (bytes) =>
          inserted(bytes, where, chunk(other, s)),
    ),
    fc.tuple(fc.constantFrom(0, 0xff, 0x0d, 0x20), fc.nat({ max: 5000 }), place).map(
      ([byte, n, where]): ByteEdit =>
        (b) =>
          inserted(b, where, new Uint8Array(n).fill(byte)),
    ),
  );
}

/** A file of the corpus after up to six edits; some as they are. */
export function mutatedBytes(corpus: readonly Uint8Array[]): fc.Arbitrary<Uint8Array<ArrayBuffer>> {
  const edits = fc.array(byteEdit(corpus), { maxLength: 6 });
  return fc
    .tuple(fc.constantFrom(...corpus), edits)
    .map(([bytes, all]) => new Uint8Array(all.reduce((edited, edit) => edit(edited), bytes)));
}

/** Characters that end, begin or change something in most of the forms of texts. */
const TOKENS = [
  ...Array.from("\"'<>&=/\\;:,.()[]{}-+%#*!?0 "),
  "\0",
  "\r\n",
  "\n",
  "\t",
  "\u001b[31m",
  "\u007f",
  "\u00a0",
  "\u2028",
  "\u202e",
  "\ufeff",
  "\ufffd",
  "\ud800",
  "\udc00",
  "灯",
  "🏮",
  "__proto__",
  "null",
  "1e999",
  "-0",
  "12345678901234567890",
  "\\u0000",
  "\\ud800",
  "[[[[[[[[",
  '{"a":',
];

type TextEdit = (text: string) => string;
const indexIn = (text: string, where: number): number => Math.floor(where * text.length);

function textEdit(corpus: readonly string[], tokens: readonly string[]): fc.Arbitrary<TextEdit> {
  const put = fc.oneof(
    fc.constantFrom(...TOKENS, ...tokens),
    fc
      .tuple(fc.constantFrom(...TOKENS, ...tokens), fc.nat({ max: 300 }))
      .map(([t, n]) => t.repeat(n)),
    fc.tuple(fc.constantFrom(...corpus), span).map(([text, [where, length]]) => {
      const start = indexIn(text, where);
      return text.slice(start, start + length);
    }),
  );
  return fc.oneof(
    fc.tuple(place, put).map(
      ([where, text]): TextEdit =>
        (old) => {
          const index = indexIn(old, where);
          return old.slice(0, index) + text + old.slice(index);
        },
    ),
    fc.tuple(place, put).map(
      ([where, text]): TextEdit =>
        (old) => {
          const index = indexIn(old, where);
          return old.slice(0, index) + text + old.slice(index + text.length);
        },
    ),
    fc.tuple(span, place).map(
      ([[where, length], to]): TextEdit =>
        (old) => {
          const start = indexIn(old, where);
          const part = old.slice(start, start + length);
          const rest = old.slice(0, start) + old.slice(start + length);
          const index = indexIn(rest, to);
          return rest.slice(0, index) + part + rest.slice(index);
        },
    ),
    span.map(
      ([where, length]): TextEdit =>
        (old) => {
          const start = indexIn(old, where);
          return old.slice(0, start) + old.slice(start + (length % 40));
        },
    ),
    place.map(
      (where): TextEdit =>
        (old) =>
          old.slice(0, indexIn(old, where)),
    ),
    place.map(
      (where): TextEdit =>
        (old) =>
          old.slice(indexIn(old, where)),
    ),
  );
}

/** A text of the corpus after up to six edits; `tokens` are put in beside the usual ones. */
export function mutatedText(
  corpus: readonly string[],
  tokens: readonly string[] = [],
): fc.Arbitrary<string> {
  const edits = fc.array(textEdit(corpus, tokens), { maxLength: 6 });
  return fc
    .tuple(fc.constantFrom(...corpus), edits)
    .map(([text, all]) => all.reduce((edited, edit) => edit(edited), text));
}

/** JSON like that of the corpus, with values, names and depths that nobody would write. */
export function mutatedJson(corpus: readonly unknown[]): fc.Arbitrary<unknown> {
  const junk = fc.oneof(
    fc.constantFrom<unknown>(null, 0, -1, 1e308, 5e-324, 2 ** 53, true, false, "", "\0", [], {}),
    fc.constantFrom<unknown>("__proto__", "\ud800", "a".repeat(5000), [[[[[]]]]], {
      "": { "": 1 },
    }),
    fc.jsonValue({ maxDepth: 2 }),
    fc.string({ unit: "binary", maxLength: 20 }),
  );
  const change = fc.tuple(fc.nat(), junk, fc.constantFrom("put", "remove", "wrap", "rename"));
  return fc
    .tuple(fc.constantFrom(...corpus), fc.array(change, { maxLength: 4 }))
    .map(([value, changes]) => {
      let root = structuredClone(value);
      // A copy: what is put in is changed by later ones, and would come to hold itself.
      for (const [index, other, how] of changes) {
        root = changed(root, index, structuredClone(other), how);
      }
      return root;
    });
}

function changed(root: unknown, index: number, other: unknown, how: string): unknown {
  const places = placesOf(root);
  const found = places[index % (places.length || 1)];
  if (found === undefined) return other;
  const [holder, name] = found;
  const old = holder[name];
  if (how === "put") holder[name] = other;
  else if (how === "wrap") holder[name] = [old];
  else {
    if (Array.isArray(holder)) holder.splice(Number(name), 1);
    else delete holder[name];
    if (how === "rename" && typeof other === "string") {
      const whole = { value: old, enumerable: true, configurable: true, writable: true };
      Object.defineProperty(holder, other, whole);
    }
  }
  return root;
}

type Holder = Record<string, unknown>;

function placesOf(value: unknown): [Holder, string][] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => [
    [value as Holder, name] as [Holder, string],
    ...placesOf(inner),
  ]);
}
