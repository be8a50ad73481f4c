// How many columns a string takes on a terminal: Chinese characters and emoji take two.

const WIDE = /[\p{Script=Han}\p{Script=Hangul}\p{Emoji_Presentation}\u3000-\u30ff\uff01-\uff60]/u;
const graphemes = new Intl.Segmenter("zh", { granularity: "grapheme" });

export function displayWidth(text: string): number {
  let columns = 0;
  for (const { segment } of graphemes.segment(text)) columns += WIDE.test(segment) ? 2 : 1;
  return columns;
}

/** Pads a string with spaces to a width in columns. */
export function padToWidth(text: string, columns: number): string {
  return text + " ".repeat(Math.max(0, columns - displayWidth(text)));
}

/** Splits a string into lines of at most so many columns: at spaces, after wide characters, or inside a longer word. */
export function wrapToWidth(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const piece of breakable(text, columns)) {
    if (line !== "" && displayWidth(line + piece.trimEnd()) > columns) {
      lines.push(line.trimEnd());
      line = "";
    }
    line += piece;
  }
  lines.push(line.trimEnd());
  return lines;
}

function breakable(text: string, columns: number): string[] {
  const pieces: string[] = [];
  let piece = "";
  for (const { segment } of graphemes.segment(text)) {
    piece += segment;
    if (segment !== " " && !WIDE.test(segment) && displayWidth(piece) < columns) continue;
    pieces.push(piece);
    piece = "";
  }
  return [...pieces, piece];
}
