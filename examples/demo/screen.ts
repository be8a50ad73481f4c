import { styleText } from "node:util";
import { padToWidth, wrapToWidth } from "./display-width.ts";

/** Columns of the widest line. */
const MAX_COLUMNS = 100;
/** Columns that a wrapped cell keeps on the narrowest terminal. */
const MIN_CELL_COLUMNS = 20;

/** Prints in colours, with progress in place, on a terminal; plain lines elsewhere. */
export interface Screen {
  heading(title: string, note: string): void;
  /** Shown on a terminal until the next line is printed. */
  progress(text: string): void;
  /** One line of cells behind ✓ or ✗. */
  row(ok: boolean, cells: readonly Cell[]): void;
  /** The heads of the columns below. */
  labels(cells: readonly Cell[]): void;
  line(text: string, style?: Style): void;
}

/** A string and its width in columns; the last cell of a row is wrapped instead. */
export type Cell = readonly [text: string, columns?: number | undefined, style?: Style | undefined];
type Style = "dim" | "bold" | "cyan" | "green" | "red" | "yellow";

export function createScreen(stream: NodeJS.WriteStream): Screen {
  const live = stream.isTTY && process.env["TERM"] !== "dumb";
  // styleText heeds NO_COLOR and FORCE_COLOR, and leaves out colours where there is no terminal.
  const paint = (text: string, style: Style | undefined): string =>
    style === undefined ? text : styleText(style, text, { stream });
  const print = (text: string): void => {
    stream.write(`${live ? "\r\u001b[K" : ""}${text}\n`);
  };
  const row = (lead: string, cells: readonly Cell[]): void => {
    const fixed = cells.slice(0, -1);
    const [last = "", , style] = cells.at(-1) ?? [];
    const indent = 4 + fixed.reduce((sum, [, columns = 0]) => sum + columns, 0);
    const front = fixed.map(([text, columns = 0, dye]) => paint(padToWidth(text, columns), dye));
    const room = Math.min(MAX_COLUMNS, stream.columns || MAX_COLUMNS) - indent;
    wrapToWidth(last, Math.max(MIN_CELL_COLUMNS, room)).forEach((text, index) => {
      const start = index === 0 ? `  ${lead} ${front.join("")}` : " ".repeat(indent);
      print(start + paint(text, style));
    });
  };
  const mark = (ok: boolean): string => (ok ? paint("✓", "green") : paint("✗", "red"));
  return {
    heading(title, note) {
      print("");
      print(`${paint(title, "bold")}  ${paint(note, "dim")}`);
    },
    progress(text) {
      if (live) stream.write(`\r\u001b[K  ${paint(`… ${text}`, "dim")}`);
    },
    row: (ok, cells) => row(mark(ok), cells),
    labels: (cells) =>
      row(
        " ",
        cells.map(([text, columns]) => [text, columns, "dim"] as const),
      ),
    line: (text, style) => print(paint(text, style)),
  };
}
