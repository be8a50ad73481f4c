import { createHash } from "node:crypto";
import type { RandomAccessFile } from "@wechat-edge/core";
import type { VideoDetails } from "@wechat-edge/mp-publish";

const BLOCK_BYTES = 1024 * 1024;
/** The first bytes of an MP4. */
const HEAD = Buffer.from("0000001866747970697361760000020069736f6d69736f32", "hex");

/** A video without a file: every block is computed from its number and the seed. */
export function generatedVideo(size: number, seed: number): RandomAccessFile {
  const block = Buffer.alloc(BLOCK_BYTES);
  const view = new DataView(block.buffer, block.byteOffset, BLOCK_BYTES);
  let current = -1;
  const blockAt = (number: number): Buffer => {
    if (number === current) return block;
    current = number;
    let state = (seed * 2_654_435_761 + number * 40_503) >>> 0 || 1;
    for (let at = 0; at < BLOCK_BYTES; at += 4) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      view.setUint32(at, state, true);
    }
    if (number === 0) HEAD.copy(block);
    return block;
  };
  return {
    name: "generated.mp4",
    size,
    read(start, end) {
      const bytes = new Uint8Array(end - start);
      for (let at = start; at < end; ) {
        const number = Math.floor(at / BLOCK_BYTES);
        const from = at - number * BLOCK_BYTES;
        const part = blockAt(number).subarray(from, Math.min(BLOCK_BYTES, from + end - at));
        bytes.set(part, at - start);
        at += part.length;
      }
      return bytes;
    },
  };
}

/** Its SHA-1 in lower-case hexadecimal. */
export async function sha1Of(file: RandomAccessFile): Promise<string> {
  const hash = createHash("sha1");
  for (let start = 0; start < file.size; start += BLOCK_BYTES) {
    hash.update(
      await file.read(start, Math.min(start + BLOCK_BYTES, file.size), { signal: undefined }),
    );
  }
  return hash.digest("hex");
}

/** What WeChat wants to know of such a video. */
export const generatedDetails: VideoDetails = {
  title: "Generated",
  video_desc: "",
  declare_ori: 0,
  newcat: "1",
  newsbcat: "2",
  tags: [],
  cover_url: "https://mmbiz.qpic.cn/cover",
};
