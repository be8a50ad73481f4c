import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";

/** A video on disk. */
export interface BigFile {
  readonly path: string;
  readonly size: number;
  readonly sha1: string;
  /** Of its blocks of 1 MiB. */
  readonly blocks: readonly string[];
}

/** A folder of its own, gone with the process. */
export interface TemporaryFolder {
  readonly path: string;
  remove(): void;
}

const BLOCK_BYTES = 1024 * 1024;
/** What an MP4 begins with: its `ftyp` box. */
const HEAD = Buffer.from("0000001866747970697361760000020069736f6d69736f32", "hex");

/** Makes a folder under the system's own for such. */
export function temporaryFolder(): TemporaryFolder {
  const path = mkdtempSync(join(tmpdir(), "wechat-edge-bench-"));
  const remove = (): void => rmSync(path, { recursive: true, force: true });
  process.once("exit", remove);
  process.once("SIGINT", stop).once("SIGTERM", stop);
  return {
    path,
    remove() {
      process.off("exit", remove);
      remove();
    },
  };
}

/** So that the folders go with a process that is interrupted. */
function stop(): void {
  process.exit(1);
}

/** Writes a video whose blocks all differ. */
export async function writeVideo(
  folder: string,
  size: number,
  name = `film-${size}.mp4`,
): Promise<BigFile> {
  const path = join(folder, name);
  const file = await open(path, "w");
  const whole = createHash("sha1");
  const blocks: string[] = [];
  const block = Buffer.alloc(BLOCK_BYTES);
  const words = new Uint32Array(block.buffer, block.byteOffset, BLOCK_BYTES / 4);
  let state = 20_261_122;
  for (let at = 0; at < words.length; at++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    words[at] = state;
  }
  for (let start = 0; start < size; start += BLOCK_BYTES) {
    // One page of each block is its own: to fill all of them would take longer than to send them.
    block.writeUInt32LE(start / BLOCK_BYTES, 4096);
    if (start === 0) HEAD.copy(block);
    const part = block.subarray(0, Math.min(BLOCK_BYTES, size - start));
    await file.write(part);
    whole.update(part);
    blocks.push(createHash("sha1").update(part).digest("hex"));
  }
  await file.close();
  return { path, size, sha1: whole.digest("hex"), blocks };
}
