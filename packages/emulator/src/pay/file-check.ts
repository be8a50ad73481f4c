import { type MediaFamily, sniffImage, sniffVideo } from "../file/magic-numbers.ts";
import { own } from "../validation/own.ts";
import { type PayError, parameterError } from "./error.ts";
import { fileDigest } from "./file-digest.ts";
import type { PayUploadEndpoint } from "./upload-endpoints.ts";

export interface CheckedFile {
  filename: string;
  /** Lower-case hex: the digest that the endpoint takes. */
  sha256: string;
}

export interface FileRules
  extends Pick<
    PayUploadEndpoint,
    "media" | "form" | "extensions" | "maxBytes" | "maxBytesByExtension"
  > {
  /** Assumed; WeChat does not say that content and extension must match. */
  extensionMatchesContent: boolean;
  /** Assumed; a page shows the digest in capitals, others send it in small letters. */
  digestCase: boolean;
}

/** The name, the digest and the bytes as they came. */
export interface GivenFile {
  filename: unknown;
  digest: unknown;
  bytes: Uint8Array<ArrayBuffer>;
}

/** The content of the extensions that WeChat lists; those without a known content may have any. */
const FAMILIES: Readonly<Record<string, MediaFamily | "pdf">> = {
  jpg: "jpeg",
  jpeg: "jpeg",
  png: "png",
  bmp: "bmp",
  pdf: "pdf",
  avi: "avi",
  wmv: "asf",
  mpeg: "mpeg",
  mp4: "iso",
  mov: "iso",
  mkv: "matroska",
  flv: "flv",
  f4v: "iso",
  m4v: "iso",
  rmvb: "realmedia",
};

export const NOUN = { image: "图片", video: "视频", file: "文件" };

/** 5M for 5 MiB, as the documents write it; a limit below 0.01M in bytes. */
function sizeText(bytes: number): string {
  if (bytes === 200 * 1024) return "200KB";
  const mebibytes = Math.round((bytes / 1024 / 1024) * 100) / 100;
  return mebibytes >= 0.01 ? `${mebibytes}M` : `${bytes}B`;
}

/** Documented: the extensions and 1 to 128 characters. Assumed: no control character. */
function extensionOf(filename: unknown, maxNameLength: number): string | undefined {
  if (typeof filename !== "string" || filename === "") return undefined;
  const characters = Array.from(filename);
  if (characters.length > maxNameLength) return undefined;
  // APIv3 accepts characters of one to three bytes only (api-rule).
  if (characters.some((character) => (character.codePointAt(0) ?? 0) > 0xffff)) return undefined;
  if (characters.some((character) => character < " " || character === "\x7f")) return undefined;
  return /\.([^./\\]+)$/.exec(filename)?.[1]?.toLowerCase();
}

function sniff(bytes: Uint8Array): MediaFamily | "pdf" | undefined {
  const isPdf = String.fromCharCode(...bytes.subarray(0, 5)) === "%PDF-";
  return isPdf ? "pdf" : (sniffImage(bytes) ?? sniffVideo(bytes));
}

function isContentTaken(bytes: Uint8Array, extension: string, rules: FileRules): boolean {
  const { extensions, extensionMatchesContent } = rules;
  const family = own(FAMILIES, extension);
  if (family === undefined || extensions.length === 0) return true;
  const found = sniff(bytes);
  if (found === undefined) return false;
  // A document is never a picture, whatever its name.
  const mustMatch = extensionMatchesContent || found === "pdf" || family === "pdf";
  return mustMatch ? found === family : extensions.some((other) => own(FAMILIES, other) === found);
}

/**
 * Checks emptiness, filename, size, content and digest in this order (assumed), with the documented
 * texts. Extension and hex digits may have any case (assumed).
 */
export async function checkFile(
  { filename, digest, bytes }: GivenFile,
  rules: FileRules,
): Promise<CheckedFile | PayError> {
  const { form, extensions } = rules;
  const noun = NOUN[rules.media];
  const named = rules.media === "file" ? noun : `${noun}文件`;
  if (bytes.length === 0) return parameterError("文件为空,请检查后重新提交");
  const extension = extensionOf(filename, form.maxNameLength);
  if (extension === undefined || (extensions.length > 0 && !extensions.includes(extension))) {
    return parameterError(`${named}名称不正确,请检查后重新提交`);
  }
  const maxBytes = own(rules.maxBytesByExtension ?? {}, extension) ?? rules.maxBytes;
  if (bytes.length > maxBytes) {
    return parameterError(`文件大小不能超过${sizeText(maxBytes)},请检查后重新提交`);
  }
  if (!isContentTaken(bytes, extension, rules)) {
    return parameterError(`文件二进制内容不是${noun},请检查后重新提交`);
  }
  const computed = await fileDigest(form.algorithm, bytes);
  const wanted = rules.digestCase ? computed.toUpperCase() : String(digest).toLowerCase();
  if (typeof digest !== "string" || wanted !== (rules.digestCase ? digest : computed)) {
    return parameterError(`${noun}${form.digestKey}值有误,请检查后重新提交`);
  }
  return { filename: filename as string, sha256: computed };
}
