import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { UploadKind } from "./peers/peer.ts";

const example = (name: string): string =>
  fileURLToPath(new URL(`../../examples/media/${name}`, import.meta.url));

/** What is uploaded to each path; the picture has a Chinese name. */
export const exampleFiles: Readonly<Record<UploadKind, string>> = {
  image: example("营业执照.jpg"),
  video: example("clip.mp4"),
  "marketing picture": example("storefront.png"),
};

export interface MadeFiles {
  /** A picture with `"` in its name. */
  readonly quoted: string;
  /** A picture of 1.5 MiB. */
  readonly large: string;
  remove(): Promise<void>;
}

/** Pictures that the examples do not have, in a directory of their own. */
export async function makeFiles(): Promise<MadeFiles> {
  const directory = await mkdtemp(join(tmpdir(), "wechat-edge-interop-"));
  const picture = await readFile(exampleFiles.image);
  const quoted = join(directory, '执照 "副本".jpg');
  const large = join(directory, "large.jpg");
  await writeFile(quoted, picture);
  await writeFile(large, Buffer.concat([picture, Buffer.alloc(1.5 * 2 ** 20 - picture.length)]));
  return { quoted, large, remove: () => rm(directory, { recursive: true }) };
}
