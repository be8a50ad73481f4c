/** A part of an attribute's value: characters as they stand, or one entity. */
export interface ValuePart {
  /** Where it stands in the HTML. */
  readonly start: number;
  readonly end: number;
  /** What it says. */
  readonly text: string;
  readonly entity: boolean;
}

/** An attribute with a value. */
export interface Attribute {
  /** In lower case. */
  readonly name: string;
  /** Decoded. */
  readonly value: string;
  /** In order and without gaps; the first begins behind the quote. */
  readonly parts: readonly ValuePart[];
  /** The character around the value, empty where there is none. */
  readonly quote: '"' | "'" | "";
}

/** Where a part of a decoded value stands in the HTML. */
export interface HtmlRange {
  readonly start: number;
  readonly end: number;
  /** Whether an entity without a semicolon comes right before. */
  readonly afterOpenEntity: boolean;
}

/** Finds where characters of the decoded value stand, from left to right. */
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

/** Writes a string as a part of an attribute's value, so that it fits between the quotes that are there. */
export function encodeValue(
  text: string,
  quote: Attribute["quote"],
  { afterOpenEntity }: Pick<HtmlRange, "afterOpenEntity">,
): string {
  const special = quote === "" ? /[&"'`=<>\s]/g : quote === '"' ? /[&"]/g : /[&']/g;
  const encoded = text.replace(special, (character) =>
    character === "&" ? "&amp;" : `&#${character.charCodeAt(0)};`,
  );
  // "&quot" and "h" would become "&quoth", which is no entity.
  return afterOpenEntity && /^[^&]/.test(encoded)
    ? `&#${encoded.charCodeAt(0)};${encoded.slice(1)}`
    : encoded;
}
