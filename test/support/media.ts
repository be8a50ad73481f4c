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

async function fetched(directory: string, name: string): Promise<File> {
  const reply = await fetch(`${inject("fixtures")}/${directory}/${encodeURIComponent(name)}`);
  if (!reply.ok) throw new Error(`No file ${directory}/${name}: status ${reply.status}`);
  return new File([await reply.arrayBuffer()], name);
}

/** The same bytes under another name. */
export function renamed(file: File, name: string): File {
  return new File([file], name);
}

/** A file that grows with zeros to `size` bytes. */
export async function padded(file: File, size: number): Promise<File> {
  return new File([await file.arrayBuffer(), new Uint8Array(size - file.size)], file.name);
}
