/** Counts the characters of a string. */
export type CountCharacters = (text: string) => number;

/** Counts code points. WeChat counts in 字 and does not define it (assumed). */
export function countCodePoints(text: string): number {
  let count = text.length;
  for (let at = 0; at < text.length; at++) {
    if ((text.codePointAt(at) as number) <= 0xffff) continue;
    count -= 1;
    at += 1;
  }
  return count;
}

/** The first `count` code points of a string. */
export function firstCodePoints(text: string, count: number): string {
  // A code point has at most two UTF-16 units.
  return Array.from(text.slice(0, count * 2))
    .slice(0, count)
    .join("");
}
