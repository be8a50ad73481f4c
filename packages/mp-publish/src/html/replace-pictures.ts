import type { ScanHtml } from "./listener.ts";
import { createPictureFinder } from "./picture-finder.ts";
import type { Picture } from "./pictures.ts";

/** Finds all pictures in HTML, in order. */
export function findPictures(html: string, scan: ScanHtml): Picture[] {
  const finder = createPictureFinder(html);
  scan(html, { onTag: finder.read });
  return finder.pictures();
}

/** Returns the HTML with other addresses for some of its pictures; all other characters stay. */
export function replacePictures(
  html: string,
  pictures: readonly Picture[],
  replaced: ReadonlyMap<string, string>,
): string {
  const pieces: string[] = [];
  let from = 0;
  for (const { url, fallback, start, end, encode } of pictures) {
    const other =
      replaced.get(url) ?? (fallback === undefined ? undefined : replaced.get(fallback));
    if (other === undefined) continue;
    pieces.push(html.slice(from, start), encode(other));
    from = end;
  }
  pieces.push(html.slice(from));
  return pieces.join("");
}
