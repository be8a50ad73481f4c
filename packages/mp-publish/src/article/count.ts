/** How the characters of a string are counted. */
export type CountCharacters = (text: string) => number;

/** Counts code points. WeChat speaks of 字 and defines it nowhere, so this is assumed. */
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
  // No code point has more than two units.
  return Array.from(text.slice(0, count * 2))
    .slice(0, count)
    .join("");
}
