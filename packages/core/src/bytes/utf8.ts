/**
 * Throws TypeError if a string, or one anywhere in an object, has half of a surrogate pair: neither a URL nor UTF-8 can
 * hold it, and JSON would escape it. `field` names the value in the message.
 */
export function checkWholeText(field: string, value: unknown): void {
  check(field, value, new Set());
}

/** `seen` has the objects that were looked at: an object may contain itself. */
function check(field: string, value: unknown, seen: Set<object>): void {
  if (typeof value === "string") {
    const at = value.search(/\p{Surrogate}/u);
    if (at < 0) return;
    const half = value.charCodeAt(at).toString(16).toUpperCase();
    throw new TypeError(
      `${field} has half of a surrogate pair (U+${half}) at position ${at}, which is not a character. Remove it, or add its other half.`,
    );
  }
  if (typeof value !== "object" || value === null || seen.has(value)) return;
  seen.add(value);
  for (const [name, inner] of Object.entries(value)) {
    check(`the name of a field in ${field}`, name, seen);
    check(`${field}.${name}`, inner, seen);
  }
}

/** Encodes a string in UTF-8. */
export function encodeUtf8(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}
