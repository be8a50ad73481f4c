import { visible } from "../visible.ts";

/**
 * Throws TypeError if a string, or one anywhere in an object, has half of a surrogate pair: neither a URL nor UTF-8 can
 * hold it, and JSON would escape it. `field` names the value in the message. An object may be nested as deeply as JSON
 * can be, and contain itself.
 */
export function checkWholeText(field: string, value: unknown): void {
  const seen = new Set<object>();
  const left: (readonly [field: string, value: unknown])[] = [[field, value]];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const [name, inner] = next;
    if (typeof inner === "string") checkString(name, inner);
    if (typeof inner !== "object" || inner === null || seen.has(inner)) continue;
    seen.add(inner);
    const entries = Object.entries(inner);
    for (const [key] of entries) checkString(`the name of a field in ${name}`, key);
    for (const [key, one] of entries.reverse()) left.push([`${name}.${key}`, one]);
  }
}

function checkString(field: string, text: string): void {
  const at = text.search(/\p{Surrogate}/u);
  if (at < 0) return;
  const half = text.charCodeAt(at).toString(16).toUpperCase();
  throw new TypeError(
    `${visible(field)} has half of a surrogate pair (U+${half}) at position ${at}, which is not a character. Remove it, or add its other half.`,
  );
}

/** Encodes a string in UTF-8. */
export function encodeUtf8(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}
