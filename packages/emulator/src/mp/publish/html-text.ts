import { readHtml } from "./html-reader.ts";

/** Elements that begin on a new line. */
const LINES = /^(p|br|div|section|li|h[1-6])$/;

/** The visible text, with blanks collapsed. */
export function textOf(html: string): string {
  let text = "";
  readHtml(html, {
    onTag({ name }) {
      if (LINES.test(name)) text += " ";
    },
    onText(piece, isIn) {
      if (!isIn("script") && !isIn("style")) text += piece;
    },
  });
  return text.replace(/\s+/g, " ").trim();
}
