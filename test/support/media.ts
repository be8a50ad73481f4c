import { inject } from "vitest";

/** A file of examples/media. */
export function media(name: string): Promise<File> {
  return fetched("media", name);
}

/** A file of examples/media/bad. */
export function badMedia(name: string): Promise<File> {
  return fetched("bad", name);
}

/** A file of test/fixtures/files. */
export function fixture(name: string): Promise<File> {
  return fetched("fixtures", name);
}

/** A text of test/vectors. */
export async function vectorText(name: string): Promise<string> {
  return (await fetched("vectors", name)).text();
}

/** What was fetched: hundreds of tests use the same few files, and each copy of one costs a browser time. */
const kept = new Map<string, Promise<File>>();

function fetched(directory: string, name: string): Promise<File> {
  const path = `${directory}/${encodeURIComponent(name)}`;
  const file = kept.get(path) ?? bytesOf(path).then((bytes) => new File([bytes], name));
  kept.set(path, file);
  return file;
}

async function bytesOf(path: string): Promise<ArrayBuffer> {
  const server: string | undefined = inject("fixtures");
  // A package's own tests have no server: they run in Node.
  if (server === undefined) return (await import("./media-on-disk.ts")).bytesOnDisk(path);
  const reply = await fetch(`${server}/${path}`);
  if (!reply.ok) throw new Error(`No file ${path}: status ${reply.status}`);
  return reply.arrayBuffer();
}

/** The same bytes under another name. */
export function renamed(file: File, name: string): File {
  return new File([file], name);
}

/** A file that grows with zeros to `size` bytes. */
export async function padded(file: File, size: number): Promise<File> {
  return new File([await file.arrayBuffer(), new Uint8Array(size - file.size)], file.name);
}
