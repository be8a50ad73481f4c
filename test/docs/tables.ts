/** A table of a Markdown page that renders as lines of bars. */
export interface BrokenTable {
  /** The number of its first line, from 1. */
  line: number;
  why: string;
}

const isRow = (line: string): boolean => /^\s*\|/.test(line);
const isDelimiter = (line = ""): boolean => /^\s*\|(\s*:?-+:?\s*\|)+\s*$/.test(line);

/** Bars in code and escaped ones end no cell in our pages, as all are escaped. */
const cellsOf = (line: string): number => line.replace(/\\\|/g, "").split("|").length;

/** The lines outside code blocks, the others empty. */
function prose(page: string): string[] {
  let fence: string | undefined;
  return page.split("\n").map((line) => {
    const [, mark] = /^\s*(```+|~~~+)/.exec(line) ?? [];
    if (mark === undefined) return fence === undefined ? line : "";
    if (fence === undefined) fence = mark;
    else if (mark.startsWith(fence)) fence = undefined;
    return "";
  });
}

/** Each run of rows must have a delimiter as its second line, and rows as wide as its head. */
export function brokenTables(page: string): BrokenTable[] {
  const lines = prose(page);
  const broken: BrokenTable[] = [];
  let head = -1;
  for (const [at, line] of lines.entries()) {
    if (!isRow(line)) {
      head = -1;
    } else if (head < 0) {
      head = at;
      if (!isDelimiter(lines[at + 1]))
        broken.push({ line: at + 1, why: "no delimiter row follows" });
    } else if (cellsOf(line) !== cellsOf(lines[head] ?? "")) {
      broken.push({ line: at + 1, why: "not as many cells as the head" });
    }
  }
  return broken;
}
