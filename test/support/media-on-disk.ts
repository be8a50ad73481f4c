import { readFile } from "node:fs/promises";
import { fixturePath } from "./fixture-server.ts";

/** The bytes of a file, by the path under which the fixture server has it. */
export async function bytesOnDisk(path: string): Promise<ArrayBuffer> {
  const file = fixturePath(`/${path}`);
  if (file === undefined) throw new Error(`No file ${path}`);
  return new Uint8Array(await readFile(file)).buffer;
}
