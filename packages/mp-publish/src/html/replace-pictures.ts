import type { ScanHtml } from "./listener.ts";
import { type Picture, picturesOf } from "./pictures.ts";

/** Finds all pictures in HTML, in order. */
export function findPictures(html: string, scan: ScanHtml): Picture[] {
  const found: Picture[] = [];
  scan(html, {
    onTag(tag) {
      for (const picture of picturesOf(tag, html)) found.push(picture);
    },
  });
  return found;
}

/** Returns the HTML with other addresses for some of its pictures; all other characters stay. */
export function replacePictures(
  html: string,
  pictures: readonly Picture[],
  replaced: ReadonlyMap<string, string>,
): string {
  const pieces: string[] = [];
  let from = 0;
  for (const { url, start, end, encode } of pictures) {
    const other = replaced.get(url);
    if (other === undefined) continue;
    pieces.push(html.slice(from, start), encode(other));
    from = end;
  }
  pieces.push(html.slice(from));
  return pieces.join("");
}
