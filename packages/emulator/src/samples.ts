import { base64Decode } from "./bytes/base64.ts";
import { type SampleName, sampleFiles } from "./demo/sample-files.ts";
import type { FetchFile } from "./http/fetch-type.ts";
import { check } from "./validation/check.ts";
import { oneOf } from "./validation/rules.ts";

export type { SampleName } from "./demo/sample-files.ts";

/** The names that `sampleFile` accepts. */
export const sampleNames: readonly SampleName[] = Object.keys(sampleFiles) as SampleName[];

const TYPES: Readonly<Record<string, string>> = {
  jpg: "image/jpeg",
  png: "image/png",
  amr: "audio/amr",
  mp3: "audio/mpeg",
  mp4: "video/mp4",
};

/**
 * Returns a small, valid file with its name and type, for first steps and tests without files on a
 * disk. All of them are within the limits of size and format of WeChat Pay and the Official Account.
 *
 * | name | bytes | what it is |
 * | --- | ---: | --- |
 * | `licence.jpg` | 17,627 | JPEG, 480 × 320: a business licence |
 * | `cover.jpg` | 5,912 | JPEG, 450 × 192: the cover of an article |
 * | `thumb.jpg` | 2,357 | JPEG, 120 × 120: a lantern |
 * | `picture.png` | 7,077 | PNG, 320 × 240: a house by a river |
 * | `voice.amr` | 1,638 | AMR narrow band, 1.02 seconds |
 * | `voice.mp3` | 3,213 | MP3, mono, 22.05 kHz, 1.07 seconds |
 * | `clip.mp4` | 4,257 | MP4, H.264 and AAC, 64 × 48, 0.4 seconds |
 *
 * Throws TypeError for any other name.
 *
 * @example
 * ```ts
 * import { sampleFile } from "@wechat-edge/emulator/samples";
 *
 * const licence = sampleFile("licence.jpg");
 * console.log(licence.name, licence.type, licence.size); // licence.jpg image/jpeg 17627
 * ```
 */
export function sampleFile(name: SampleName): FetchFile {
  check(oneOf(sampleNames), name, "name");
  const bytes = base64Decode(sampleFiles[name]) ?? new Uint8Array();
  const type = TYPES[name.slice(name.lastIndexOf(".") + 1)] ?? "";
  return new File([bytes], name, { type });
}
