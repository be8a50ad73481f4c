import { MediaError, type MediaErrorReason, type WechatAnswer } from "../errors.ts";
import type { Format } from "../inspect/formats.ts";
import { nameRepair } from "./name-repair.ts";
import { textContent } from "./text-content.ts";

/** Limits of one endpoint. */
export interface FileLimits {
  /** Accepted extensions in lower case, each with the formats that such a file may have. */
  readonly extensions: Readonly<Record<string, readonly Format[]>>;
  /** Largest file in bytes. */
  readonly maxBytes: number;
  /** Where files of an extension may be larger or must be smaller: their `maxBytes`, such as `{ pdf: 7_864_320 }`. */
  readonly maxBytesByExtension?: Readonly<Record<string, number>> | undefined;
  /** Longest file name, in characters. */
  readonly maxNameLength: number;
  /** Whether the content must have the format of the extension; if false, any accepted format will do. */
  readonly contentMatchesExtension: boolean;
  /** Whether the name may have characters of four bytes in UTF-8, such as emoji. */
  readonly fourByteNames: boolean;
}

/** What WeChat answers to each kind of refused file, as far as its documents say. */
export type WechatAnswers = Readonly<Partial<Record<MediaErrorReason, WechatAnswer>>>;

/** Checks name, extension and size, before a byte is read. Throws MediaError. */
export function checkDeclared(
  file: { readonly name: string; readonly size: number },
  limits: FileLimits,
  answers: WechatAnswers = {},
): void {
  checkName(file.name, limits, answers);
  checkExtension(file.name, limits, answers);
  if (file.size === 0) {
    throw new MediaError(`${quoted(file.name)} is empty: it has 0 bytes.`, {
      reason: "empty",
      expected: "at least 1 byte",
      actual: "0 bytes",
      answer: answers.empty,
    });
  }
  const { maxBytes, option } = maxBytesOf(file.name, limits);
  if (file.size > maxBytes) {
    throw new MediaError(
      `${quoted(file.name)} has ${file.size} bytes; at most ${maxBytes} are allowed. Make it smaller, or raise ${option} if your account may send more.`,
      {
        reason: "size",
        expected: `at most ${maxBytes} bytes`,
        actual: `${file.size} bytes`,
        answer: answers.size,
        option,
      },
    );
  }
}

function maxBytesOf(name: string, { maxBytes, maxBytesByExtension = {} }: FileLimits) {
  const extension = extensionOf(name);
  const own = Object.hasOwn(maxBytesByExtension, extension)
    ? maxBytesByExtension[extension]
    : undefined;
  return own === undefined
    ? { maxBytes, option: "limits.maxBytes" }
    : { maxBytes: own, option: `limits.maxBytesByExtension.${extension}` };
}

/**
 * Checks that the format is accepted, and that it is the one of the extension. Throws MediaError.
 *
 * @param head - the first bytes, which may show text in place of the file
 */
export function checkContent(
  name: string,
  format: Format,
  limits: FileLimits,
  answers: WechatAnswers = {},
  head: Uint8Array = new Uint8Array(0),
): void {
  const all = Object.values(limits.extensions).flat();
  if (all.length === 0) return;
  // 3GP is MP4 with another brand.
  if (!all.includes(format) && !(format === "3gp" && all.includes("mp4"))) {
    const text = format === "unknown" ? textContent(head) : undefined;
    const cure =
      text ?? "Another name does not help: convert the file, or change limits.extensions.";
    throw new MediaError(
      `${quoted(name)} contains ${described(format)}; allowed: ${dotted(limits)}. ${cure}`,
      {
        reason: "format",
        expected: dotted(limits),
        actual: format,
        answer: answers.format,
        option: "limits.extensions",
      },
    );
  }
  const extension = extensionOf(name);
  const own = limits.extensions[extension] ?? [];
  if (limits.contentMatchesExtension && !own.includes(format)) {
    throw new MediaError(
      `${quoted(name)} is named .${extension} but contains ${described(format)}. Rename it, or set limits.contentMatchesExtension to false: WeChat does not document whether it compares the two.`,
      {
        reason: "format",
        expected: listed(own),
        actual: format,
        answer: answers.format,
        option: "limits.contentMatchesExtension",
      },
    );
  }
}

function checkName(name: string, limits: FileLimits, answers: WechatAnswers): void {
  const refuse = (message: string, expected: string, option?: string): never => {
    throw new MediaError(message, {
      reason: "name",
      expected,
      actual: name,
      answer: answers.name,
      option,
    });
  };
  if (name === "") {
    refuse(
      'The file has no name, and WeChat needs one: createSource(file, { name: "licence.jpg" }).',
      "a file name with an extension",
    );
  }
  if (UNSAFE.test(name)) {
    const cure =
      repairOf(name, limits) ?? 'Pass the name alone: createSource(file, { name: "licence.jpg" }).';
    refuse(
      `The file name ${quoted(name)} has a path separator or a control character. ${cure}`,
      "a file name without /, \\ and control characters",
    );
  }
  if (LONE_SURROGATE.test(name)) {
    refuse(
      `The file name ${quoted(name)} has half of a surrogate pair, which is not a character. Rename the file.`,
      "whole characters",
    );
  }
  if (!limits.fourByteNames && BEYOND_BASIC_PLANE.test(name)) {
    // WeChat Pay's general rules allow characters of one to three bytes in UTF-8.
    refuse(
      `The file name ${quoted(name)} has a character of 4 bytes in UTF-8, such as an emoji; WeChat Pay allows up to 3 bytes a character. Rename the file, or set limits.fourByteNames to true.`,
      "characters up to U+FFFF",
      "limits.fourByteNames",
    );
  }
  if (name.length > limits.maxNameLength) {
    refuse(
      `The file name ${quoted(name.slice(0, 32))}… has ${name.length} characters; at most ${limits.maxNameLength} are allowed. Rename the file, or raise limits.maxNameLength.`,
      `at most ${limits.maxNameLength} characters`,
      "limits.maxNameLength",
    );
  }
}

function checkExtension(name: string, limits: FileLimits, answers: WechatAnswers): void {
  const accepted = Object.keys(limits.extensions);
  const extension = extensionOf(name);
  if (isAccepted(name, limits)) return;
  const repair = repairOf(name, limits);
  const expected = accepted.length === 0 ? "a name with an extension" : dotted(limits);
  const isMissing = extension === "";
  throw new MediaError(
    isMissing
      ? `The file name ${quoted(name)} has no extension; allowed: ${expected}. ${repair ?? "Rename the file."}`
      : `The file name ${quoted(name)} ends in .${extension}; allowed: ${expected}. ${repair ?? "Convert the file, or change limits.extensions."}`,
    {
      reason: "extension",
      expected,
      actual: isMissing ? name : `.${extension}`,
      answer: answers.extension,
      option: isMissing ? undefined : "limits.extensions",
    },
  );
}

function repairOf(name: string, limits: FileLimits): string | undefined {
  return nameRepair(name, (repaired) => isAccepted(repaired, limits));
}

function isAccepted(name: string, { extensions }: FileLimits): boolean {
  const extension = extensionOf(name);
  const accepted = Object.keys(extensions);
  const isKnown = accepted.length === 0 || accepted.includes(extension);
  return extension !== "" && isKnown && !UNSAFE.test(name);
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters must not reach a header
const UNSAFE = /[/\\\u0000-\u001f\u007f]/;
const LONE_SURROGATE = /\p{Surrogate}/u;
const BEYOND_BASIC_PLANE = /[\u{10000}-\u{10ffff}]/u;

/** The extension in lower case, without its dot; an empty string if there is none. */
function extensionOf(name: string): string {
  return /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? "";
}

function described(format: Format): string {
  return format === "unknown" ? "no known picture, sound or video" : format.toUpperCase();
}

/** The accepted extensions with their dots. */
function dotted(limits: FileLimits): string {
  return listed(Object.keys(limits.extensions).map((extension) => `.${extension}`));
}

function listed(items: readonly string[]): string {
  return [...new Set(items)].join(", ");
}

function quoted(name: string): string {
  return JSON.stringify(name);
}
