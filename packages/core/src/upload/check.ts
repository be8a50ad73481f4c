import { encodeUtf8 } from "../bytes/utf8.ts";
import { MediaError, type MediaErrorReason, type WechatAnswer } from "../errors.ts";
import { foreignName } from "../inspect/foreign.ts";
import type { Format } from "../inspect/formats.ts";
import { own } from "../own.ts";
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
  /** Longest file name, in bytes of UTF-8. */
  readonly maxNameBytes?: number | undefined;
  /** Whether the content must have the format of the extension; if false, any accepted format will do. */
  readonly contentMatchesExtension: boolean;
  /** Whether the name may have characters of four bytes in UTF-8, such as emoji. */
  readonly fourByteNames: boolean;
}

/** What WeChat answers to each kind of refused file, as far as its documents say. */
export type WechatAnswers = Readonly<Partial<Record<MediaErrorReason, WechatAnswer>>>;

/** What {@link checkDeclared} looks at. */
export interface DeclaredFile {
  readonly name: string;
  readonly size: number;
}

/** Checks name, extension and size, before a byte is read. Throws MediaError. */
export function checkDeclared(
  file: DeclaredFile,
  limits: FileLimits,
  answers: WechatAnswers = {},
): void {
  const refuse = refusal(answers);
  if (file.name === "") {
    refuse(
      "name",
      'The file has no name: createSource(file, { name: "licence.jpg" }).',
      "a file name with an extension",
      file.name,
      "name",
    );
  }
  checkName(file.name, limits, refuse);
  checkExtension(file.name, limits, refuse);
  checkSize(file, limits, answers);
}

/**
 * Checks what will still hold when the content has given the name its extension ({@link nameByContent}): the characters
 * of the name, and the size. Throws MediaError.
 */
export function checkBeforeNaming(
  file: DeclaredFile,
  limits: FileLimits,
  answers: WechatAnswers = {},
): void {
  const anyLength = {
    ...limits,
    maxNameLength: Number.POSITIVE_INFINITY,
    maxNameBytes: Number.POSITIVE_INFINITY,
  };
  checkName(file.name, anyLength, refusal(answers));
  // A file that is too large is not read, so that it keeps the name it has.
  const isTooLarge = file.size > maxBytesOf(file.name, limits).maxBytes;
  if (isTooLarge && extensionOf(file.name) !== "") {
    checkExtension(file.name, limits, refusal(answers));
  }
  checkSize(file, limits, answers);
}

function checkSize(file: DeclaredFile, limits: FileLimits, answers: WechatAnswers): void {
  const refuse = refusal(answers);
  const name = file.name === "" ? "The file" : quoted(file.name);
  if (file.size === 0) {
    refuse("empty", `${name} is empty: it has 0 bytes.`, "at least 1 byte", "0 bytes");
  }
  const { maxBytes, option } = maxBytesOf(file.name, limits);
  if (file.size > maxBytes) {
    // WeChat's answer names the limit of all files, not that of one extension.
    const tooLarge = option === "limits.maxBytes" ? refuse : refusal({});
    tooLarge(
      "size",
      `${name} has ${file.size} bytes; at most ${maxBytes} are allowed. Make it smaller, or raise ${option}.`,
      `at most ${maxBytes} bytes`,
      `${file.size} bytes`,
      option,
    );
  }
}

/** Throws MediaError with these fields. */
type Refuse = (
  reason: MediaErrorReason,
  message: string,
  expected: string,
  actual: string,
  option?: string,
) => never;

function refusal(answers: WechatAnswers): Refuse {
  return (reason, message, expected, actual, option) => {
    throw new MediaError(message, { reason, expected, actual, answer: answers[reason], option });
  };
}

function maxBytesOf(name: string, { maxBytes, maxBytesByExtension = {} }: FileLimits) {
  const extension = extensionOf(name);
  const most = own(maxBytesByExtension, extension);
  return most === undefined
    ? { maxBytes, option: "limits.maxBytes" }
    : { maxBytes: most, option: `limits.maxBytesByExtension.${extension}` };
}

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

function checkName(name: string, limits: FileLimits, refuse: Refuse): void {
  const refuseName = (message: string, expected: string, option = "name"): never =>
    refuse("name", message, expected, name, option);
  if (UNSAFE.test(name)) {
    const cure =
      repairOf(name, limits) ?? 'Pass the name alone: createSource(file, { name: "licence.jpg" }).';
    refuseName(
      `The file name ${quoted(name)} has a path separator or a control character. ${cure}`,
      "a file name without /, \\ and control characters",
    );
  }
  if (LONE_SURROGATE.test(name)) {
    refuseName(
      `The file name ${quoted(name)} has half of a surrogate pair. Rename the file.`,
      "whole characters",
    );
  }
  if (!limits.fourByteNames && BEYOND_BASIC_PLANE.test(name)) {
    // WeChat Pay's general rules allow characters of one to three bytes in UTF-8.
    refuseName(
      `The file name ${quoted(name)} has a character of 4 bytes in UTF-8, such as an emoji; at most 3 are allowed. Rename the file, or set limits.fourByteNames to true.`,
      "characters up to U+FFFF",
      "limits.fourByteNames",
    );
  }
  if (name.length > limits.maxNameLength) {
    refuseName(
      `The file name ${quoted(name.slice(0, 32))}… has ${name.length} characters; at most ${limits.maxNameLength} are allowed. Rename the file, or raise limits.maxNameLength.`,
      `at most ${limits.maxNameLength} characters`,
      "limits.maxNameLength",
    );
  }
  const { maxNameBytes = Number.POSITIVE_INFINITY } = limits;
  const { byteLength } = encodeUtf8(name);
  if (byteLength > maxNameBytes) {
    refuseName(
      `The file name ${quoted(name.slice(0, 32))}… has ${byteLength} bytes in UTF-8; at most ${maxNameBytes} are allowed. Rename the file, or raise limits.maxNameBytes.`,
      `at most ${maxNameBytes} bytes in UTF-8`,
      "limits.maxNameBytes",
    );
  }
}

function checkExtension(name: string, limits: FileLimits, refuse: Refuse): void {
  const extension = extensionOf(name);
  if (isAccepted(name, limits)) return;
  const repair = repairOf(name, limits);
  const expected = dotted(limits) || "a name with an extension";
  if (extension === "") {
    refuse(
      "extension",
      `The file name ${quoted(name)} has no extension; allowed: ${expected}. ${repair ?? `Rename the file: createSource(file, { name: "licence.${Object.keys(limits.extensions)[0] ?? "jpg"}" }).`}`,
      expected,
      name,
      "name",
    );
  }
  refuse(
    "extension",
    `The file name ${quoted(name)} ends in .${extension}; allowed: ${expected}. ${repair ?? "Convert the file, or change limits.extensions."}`,
    expected,
    `.${extension}`,
    "limits.extensions",
  );
}

function repairOf(name: string, limits: FileLimits): string | undefined {
  return nameRepair(name, (repaired) => isAccepted(repaired, limits));
}

/** Whether the name can be sent as it is. */
export function isAccepted(name: string, { extensions }: FileLimits): boolean {
  const extension = extensionOf(name);
  const accepted = Object.keys(extensions);
  const isKnown = accepted.length === 0 || accepted.includes(extension);
  return extension !== "" && isKnown && !UNSAFE.test(name);
}

/** Path separators and control characters (C0, DEL, C1) must not reach a header. */
const UNSAFE = /[/\\\p{Cc}]/u;
const LONE_SURROGATE = /\p{Surrogate}/u;
const BEYOND_BASIC_PLANE = /[\u{10000}-\u{10ffff}]/u;

/** The extension in lower case, without its dot; an empty string if there is none. */
export function extensionOf(name: string): string {
  return /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? "";
}

/** Formats in capitals. */
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
