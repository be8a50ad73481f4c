import { encodeUtf8 } from "../bytes/utf8.ts";
import type { FileLimits } from "./file-limits.ts";
import { nameRepair } from "./name-repair.ts";
import { dotted, quoted, type Refuse } from "./refusal.ts";

/** Checks the characters of a name and its length. */
export function checkName(name: string, limits: FileLimits, refuse: Refuse): void {
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
  const { maxNameBytes } = limits;
  const { byteLength } = encodeUtf8(name);
  if (maxNameBytes !== undefined && byteLength > maxNameBytes) {
    refuseName(
      `The file name ${quoted(name.slice(0, 32))}… has ${byteLength} bytes in UTF-8; at most ${maxNameBytes} are allowed. Rename the file, or raise limits.maxNameBytes.`,
      `at most ${maxNameBytes} bytes in UTF-8`,
      "limits.maxNameBytes",
    );
  }
}

/** Checks that an endpoint takes files of this extension. */
export function checkExtension(name: string, limits: FileLimits, refuse: Refuse): void {
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
