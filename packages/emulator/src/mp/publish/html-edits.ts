/** A piece of a text and what takes its place. */
export interface HtmlEdit {
  start: number;
  end: number;
  text: string;
}

/** The text with all edits made; of two that overlap the first counts. */
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
