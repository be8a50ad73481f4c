import { hex } from "../bytes/hex.ts";
import { type MediaFamily, sniffImage, sniffVideo } from "../file/magic-numbers.ts";
import { type PayError, parameterError } from "./error.ts";
import type { PayUploadEndpoint } from "./upload-endpoints.ts";

export interface CheckedFile {
  filename: string;
  /** Lower-case hex. */
  sha256: string;
}

export interface FileRules {
  maxBytes: number;
  /** Assumed; WeChat does not say that content and extension must match. */
  extensionMatchesContent: boolean;
}

/** The extensions that WeChat lists, with their content. */
const EXTENSIONS: Record<PayUploadEndpoint["media"], Record<string, MediaFamily>> = {
  image: { jpg: "jpeg", jpeg: "jpeg", png: "png", bmp: "bmp" },
  video: {
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
  },
};

export const NOUN = { image: "图片", video: "视频" };
const MAX_FILENAME_CHARACTERS = 128;

/** 5M for 5 MiB, as the documents write it; a limit below 0.01M in bytes. */
function sizeText(bytes: number): string {
  const mebibytes = Math.round((bytes / 1024 / 1024) * 100) / 100;
  return mebibytes >= 0.01 ? `${mebibytes}M` : `${bytes}B`;
}

/** Documented: the extensions and 1 to 128 characters. Assumed: no control character. */
function extensionOf(filename: unknown): string | undefined {
  if (typeof filename !== "string" || filename === "") return undefined;
  const characters = Array.from(filename);
  if (characters.length > MAX_FILENAME_CHARACTERS) return undefined;
  // APIv3 accepts characters of one to three bytes only (api-rule).
  if (characters.some((character) => (character.codePointAt(0) ?? 0) > 0xffff)) return undefined;
  if (characters.some((character) => character < " " || character === "\x7f")) return undefined;
  return /\.([^./\\]+)$/.exec(filename)?.[1]?.toLowerCase();
}

/**
 * Checks emptiness, filename, size, content and sha256 in this order (assumed), with the documented
 * texts. Extension and hex digits may have any case (assumed).
 */
export async function checkFile(
  media: PayUploadEndpoint["media"],
  meta: { filename: unknown; sha256: unknown },
  bytes: Uint8Array<ArrayBuffer>,
  rules: FileRules,
): Promise<CheckedFile | PayError> {
  const noun = NOUN[media];
  if (bytes.length === 0) return parameterError("文件为空,请检查后重新提交");
  const extension = extensionOf(meta.filename) ?? "";
  const family = Object.hasOwn(EXTENSIONS[media], extension)
    ? EXTENSIONS[media][extension]
    : undefined;
  if (family === undefined) return parameterError(`${noun}文件名称不正确,请检查后重新提交`);
  if (bytes.length > rules.maxBytes) {
    return parameterError(`文件大小不能超过${sizeText(rules.maxBytes)},请检查后重新提交`);
  }
  const found = media === "image" ? sniffImage(bytes) : sniffVideo(bytes);
  if (found === undefined || (rules.extensionMatchesContent && found !== family)) {
    return parameterError(`文件二进制内容不是${noun},请检查后重新提交`);
  }
  const sha256 = hex(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)));
  if (typeof meta.sha256 !== "string" || meta.sha256.toLowerCase() !== sha256) {
    return parameterError(`${noun}sha256值有误,请检查后重新提交`);
  }
  return { filename: meta.filename as string, sha256 };
}
