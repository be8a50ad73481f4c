/** A part of an attribute's value: literal characters, or one entity. */
export interface ValuePart {
  /** Its place in the HTML. */
  readonly start: number;
  readonly end: number;
  /** Decoded. */
  readonly text: string;
  readonly entity: boolean;
}

/** An attribute with a value. */
export interface Attribute {
  /** In lower case. */
  readonly name: string;
  /** Decoded. */
  readonly value: string;
  /** In order and without gaps; the first begins after the quote. */
  readonly parts: readonly ValuePart[];
  /** The character around the value, or an empty string. */
  readonly quote: '"' | "'" | "";
}

/** Place of a part of a decoded value in the HTML. */
export interface HtmlRange {
  readonly start: number;
  readonly end: number;
  /** Whether an entity without a semicolon stands directly before it. */
  readonly afterOpenEntity: boolean;
}

/** Returns a function that finds the place of characters of the decoded value; call it from left to right. */
export function htmlRanges(
  { parts }: Attribute,
  html: string,
): (from: number, to: number) => HtmlRange {
  let index = 0;
  let decoded = 0;
  const place = (offset: number, before: boolean): { at: number; part: ValuePart | undefined } => {
    for (let part = parts[index]; part !== undefined; part = parts[index]) {
      const within = offset - decoded;
      const { length } = part.text;
      if (within < length || (before && within === length)) {
        return {
          at: part.entity ? (within > 0 ? part.end : part.start) : part.start + within,
          part,
        };
      }
      decoded += length;
      index += 1;
    }
    return { at: parts.at(-1)?.end ?? 0, part: undefined };
  };
  return (from, to) => {
    const { at: start, part } = place(from, false);
    const previous = part?.start === start ? parts[index - 1] : undefined;
    const afterOpenEntity = previous?.entity === true && html[previous.end - 1] !== ";";
    return { start, end: place(to, true).at, afterOpenEntity };
  };
}

/** Escapes a string for an attribute's value with this quote. */
export function encodeValue(
  text: string,
  quote: Attribute["quote"],
  { afterOpenEntity }: Pick<HtmlRange, "afterOpenEntity">,
): string {
  const special = quote === "" ? /[&"'`=<>\s]/g : quote === '"' ? /[&"]/g : /[&']/g;
  const encoded = text.replace(special, (character) =>
    character === "&" ? "&amp;" : `&#${character.charCodeAt(0)};`,
  );
  // "&quot" followed by "h" would become "&quoth", which is not an entity.
  return afterOpenEntity && /^[^&]/.test(encoded)
    ? `&#${encoded.charCodeAt(0)};${encoded.slice(1)}`
    : encoded;
}
