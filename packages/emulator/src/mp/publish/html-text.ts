import { Parser } from "htmlparser2";
import { withoutCdata } from "./html-tags.ts";

/** Elements that begin on a new line. */
const LINES = /^(p|br|div|section|li|h[1-6])$/;

/** The visible text, with blanks collapsed. */
export function textOf(html: string): string {
  let text = "";
  let hidden = 0;
  const parser = new Parser({
    onopentagname(name) {
      if (name === "script" || name === "style") hidden += 1;
      if (LINES.test(name)) text += " ";
    },
    onclosetag(name) {
      if (name === "script" || name === "style") hidden -= 1;
      if (LINES.test(name)) text += " ";
    },
    ontext(piece) {
      if (hidden === 0) text += piece;
    },
  });
  parser.end(withoutCdata(html));
  return text.replace(/\s+/g, " ").trim();
}
