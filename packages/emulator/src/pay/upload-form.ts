import { parseJsonObject } from "../http/json-object.ts";
import { type Part, type QuotedBoundary, readForm } from "../http/multipart.ts";

export interface UploadForm {
  /** The signed bytes; absent without a plain meta part. */
  metaBytes?: Uint8Array<ArrayBuffer>;
  /** Why there are no parts, why a part is missing, or what few clients send. */
  notes: readonly string[];
  /** Absent if meta is not a JSON object. */
  meta?: Readonly<Record<string, unknown>>;
  file?: Part;
  /** The texts of the other parts. */
  fields: ReadonlyMap<string, string>;
}

const META_IS_FILE = "meta has a filename, so that it is taken for a file";
const EXTENDED_ALONE = "filename* is not understood without filename";

/**
 * Reads meta and file. Where meta cannot be found, the gateway verifies over an empty body (reported:
 * for a boundary in quotes, lines that end in LF, another Content-Type, a meta with a filename).
 */
export function readUploadForm(
  contentType: string | null,
  body: Uint8Array<ArrayBuffer>,
  quotedBoundary: QuotedBoundary,
  filePartName = "file",
): UploadForm {
  const read = readForm(contentType, body, quotedBoundary);
  if ("issue" in read) return { notes: [read.issue], fields: new Map() };
  const { parts, lost } = read;
  const metaPart = parts.get("meta");
  const filePart = parts.get(filePartName);
  const notes = [...lost, ...read.notes];
  // Reported: wechatpay-axios-plugin PR 26.
  if (metaPart?.filename !== undefined) notes.push(META_IS_FILE);
  if (filePart?.extendedFilename && filePart.filename === undefined) notes.push(EXTENDED_ALONE);
  const form: UploadForm = { notes, fields: textsOf(parts) };
  if (metaPart !== undefined && metaPart.filename === undefined) {
    form.metaBytes = metaPart.bytes;
    const meta = parseJsonObject(metaPart.bytes);
    if (meta !== undefined) form.meta = meta;
  }
  if (filePart !== undefined) form.file = filePart;
  return form;
}

function textsOf(parts: ReadonlyMap<string, Part>): Map<string, string> {
  const texts = [...parts.values()].filter(({ filename }) => filename === undefined);
  return new Map(texts.map(({ name, bytes }) => [name, new TextDecoder().decode(bytes)]));
}

/** The name for faults and the journal: from meta, or else from the file part. */
export function formFilename({ meta, file }: UploadForm, key = "filename"): string | undefined {
  const named = meta?.[key];
  return typeof named === "string" ? named : file?.filename;
}
