import { own } from "../own.ts";
import type { FileLimits } from "./file-limits.ts";
import { checkExtension, checkName, extensionOf } from "./name-check.ts";
import { quoted, refusal, type WechatAnswers } from "./refusal.ts";

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
  const refuse = refusal(answers);
  const anyLength = { ...limits, maxNameLength: Number.POSITIVE_INFINITY, maxNameBytes: undefined };
  checkName(file.name, anyLength, refuse);
  // A file that is too large is not read, so that it keeps the name it has.
  const isTooLarge = file.size > maxBytesOf(file.name, limits).maxBytes;
  if (isTooLarge && extensionOf(file.name) !== "") {
    checkExtension(file.name, limits, refuse);
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

function maxBytesOf(name: string, { maxBytes, maxBytesByExtension = {} }: FileLimits) {
  const extension = extensionOf(name);
  const most = own(maxBytesByExtension, extension);
  return most === undefined
    ? { maxBytes, option: "limits.maxBytes" }
    : { maxBytes: most, option: `limits.maxBytesByExtension.${extension}` };
}
