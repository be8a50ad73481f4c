/** A range of the HTML and its replacement. */
export interface HtmlEdit {
  start: number;
  end: number;
  text: string;
}

/** Applies the edits; of two that overlap only the first. */
export function applyEdits(html: string, edits: readonly HtmlEdit[]): string {
  let at = 0;
  let out = "";
  for (const { start, end, text } of [...edits].sort((a, b) => a.start - b.start)) {
    if (start < at) continue;
    out += html.slice(at, start) + text;
    at = end;
  }
  return out + html.slice(at);
}
