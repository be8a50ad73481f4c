import { concatBytes } from "../bytes/concat.ts";
import { encodeHex } from "../bytes/hex.ts";
import { encodeUtf8 } from "../bytes/utf8.ts";

/** One part of a form that is not a file. Its body is sent unchanged. */
export interface FormField {
  readonly name: string;
  /** Content-Type of the part, or undefined for none. */
  readonly type: string | undefined;
  readonly body: Uint8Array;
}

/** The file part of a form, without its content. */
export interface FormFile {
  readonly name: string;
  readonly filename: string;
  readonly type: string;
}

/** A `multipart/form-data` body around a file: `head`, then the file's bytes, then `tail`. */
export interface FormFrame {
  /** Value of the Content-Type header. The boundary has no quotes, because WeChat refuses them. */
  readonly contentType: string;
  readonly head: Uint8Array<ArrayBuffer>;
  readonly tail: Uint8Array<ArrayBuffer>;
}

/**
 * Frames a form. `FormData` cannot be used: it adds a file name to a Blob field, so that WeChat takes `meta` for a
 * file, and it changes line ends in strings, which breaks the signature. Lines end in CRLF. The file name is sent as
 * raw UTF-8 in quotes, because WeChat refuses `filename*`.
 */
export function frameForm(
  fields: readonly FormField[],
  file: FormFile,
  boundary: string = randomBoundary(),
): FormFrame {
  const parts = fields.flatMap((field) => [
    encodeUtf8(
      `--${boundary}\r\nContent-Disposition: form-data; name="${field.name}"\r\n${field.type === undefined ? "" : `Content-Type: ${field.type}\r\n`}\r\n`,
    ),
    field.body,
    encodeUtf8("\r\n"),
  ]);
  const fileHead = encodeUtf8(
    `--${boundary}\r\nContent-Disposition: form-data; name="${file.name}"; filename="${escaped(file.filename)}"\r\nContent-Type: ${file.type}\r\n\r\n`,
  );
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    head: concatBytes([...parts, fileHead]),
    tail: encodeUtf8(`\r\n--${boundary}--\r\n`),
  };
}

function randomBoundary(): string {
  return `wechat-edge-${encodeHex(crypto.getRandomValues(new Uint8Array(16)))}`;
}

/** Escapes a file name as the HTML standard does, so that it cannot end its header. */
function escaped(filename: string): string {
  return filename.replaceAll('"', "%22").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}
