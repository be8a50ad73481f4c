import { foreignName } from "../inspect/foreign.ts";
import type { Format } from "../inspect/formats.ts";
import { own } from "../own.ts";
import type { FileLimits } from "./file-limits.ts";
import { extensionOf } from "./name-check.ts";
import { dotted, listed, quoted, refusal, type WechatAnswers } from "./refusal.ts";
import { textContent } from "./text-content.ts";

/**
 * Checks that the format is accepted, whatever the name. Throws MediaError.
 *
 * @param head - the first bytes, which may show text in place of the file
 */
export function checkFormat(
  name: string,
  format: Format,
  limits: FileLimits,
  answers: WechatAnswers,
  head: Uint8Array,
): void {
  const all = Object.values(limits.extensions).flat();
  // 3GP is MP4 with another brand.
  if (all.length > 0 && !all.includes(format === "3gp" && all.includes("mp4") ? "mp4" : format)) {
    const foreign = format === "unknown" ? foreignName(head) : described(format);
    const found = foreign ?? described(format);
    const cure =
      (foreign === undefined ? textContent(head) : undefined) ??
      "Another name does not help: convert the file, or change limits.extensions.";
    refusal(answers)(
      "format",
      `${quoted(name)} contains ${found}; allowed: ${dotted(limits)}. ${cure}`,
      dotted(limits),
      format,
      "limits.extensions",
    );
  }
}

/** Checks that the format is accepted, and that it is the one of the extension. Throws MediaError. */
export function checkContent(
  name: string,
  format: Format,
  limits: FileLimits,
  answers: WechatAnswers = {},
  head: Uint8Array = new Uint8Array(0),
): void {
  checkFormat(name, format, limits, answers, head);
  const extension = extensionOf(name);
  const formats = own(limits.extensions, extension);
  if (limits.contentMatchesExtension && formats?.includes(format) === false) {
    refusal(answers)(
      "format",
      `${quoted(name)} is named .${extension} but contains ${described(format)}. Rename the file, or set limits.contentMatchesExtension to false.`,
      listed(formats),
      format,
      "limits.contentMatchesExtension",
    );
  }
}

/** Formats in capitals. */
function described(format: Format): string {
  return format === "unknown" ? "no known picture, sound or video" : format.toUpperCase();
}
