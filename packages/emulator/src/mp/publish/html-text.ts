import { Parser } from "htmlparser2";

/** Between these a reader sees a line break. */
const LINES = /^(p|br|div|section|li|h[1-6])$/;

/** What a reader sees of it, blanks drawn together. */
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
  parser.end(html);
  return text.replace(/\s+/g, " ").trim();
}
