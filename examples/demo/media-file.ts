import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const MEDIA = new URL("../media/", import.meta.url);

/** A file of examples/media, such as `licence.jpg` or `bad/webp.jpg`, under its own name or another. */
export function mediaFile(path: string, name: string = path.replace(/^.*\//, "")): File {
  return new File([readFileSync(new URL(path, MEDIA))], name);
}

/** A text of examples/media. */
export function mediaText(path: string): string {
  return readFileSync(new URL(path, MEDIA), "utf8");
}

/** The names of the files in a folder of examples/media that match. */
export function mediaNames(folder: string, pattern: RegExp): string[] {
  return readdirSync(fileURLToPath(new URL(folder, MEDIA))).filter((name) => pattern.test(name));
}

export function formatBytes(bytes: number): string {
  return bytes < 1024 ? `${bytes} B` : `${(bytes / 1024).toFixed(1)} KiB`;
}

/** The first characters of a long id. */
export function shorten(id: string, characters: number): string {
  return id.length <= characters ? id : `${id.slice(0, characters)}…`;
}
