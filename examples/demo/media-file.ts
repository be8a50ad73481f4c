import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const MEDIA = new URL("../media/", import.meta.url);

/** Reads a file of examples/media, such as `licence.jpg` or `bad/webp.jpg`. `name` renames it. */
export function mediaFile(path: string, name: string = path.replace(/^.*\//, "")): File {
  return new File([readFileSync(new URL(path, MEDIA))], name);
}

/** Reads a file of examples/media as a string. */
export function mediaText(path: string): string {
  return readFileSync(new URL(path, MEDIA), "utf8");
}

/** Lists the files in a folder of examples/media whose names match. */
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
