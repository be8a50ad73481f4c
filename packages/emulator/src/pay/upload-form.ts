import { type FormRules, type Part, readForm } from "../http/multipart.ts";

export interface UploadForm {
  /** The signed bytes; absent without a plain meta part. */
  metaBytes?: Uint8Array<ArrayBuffer>;
  /** Why there are no parts, why a part is missing, or what few clients send. */
  notes: readonly string[];
  /** Absent if meta is not a JSON object. */
  meta?: { filename: unknown; sha256: unknown };
  file?: Part;
}

function parseMeta(bytes: Uint8Array): UploadForm["meta"] {
  try {
    const meta: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    if (typeof meta !== "object" || meta === null || Array.isArray(meta)) return undefined;
    // Further keys are allowed: some APIs of this form have them, such as bank_type.
    const { filename, sha256 } = meta as Record<string, unknown>;
    return { filename, sha256 };
  } catch {
    return undefined;
  }
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
  quotedBoundary: FormRules["quotedBoundary"],
): UploadForm {
  const read = readForm(contentType, body, { quotedBoundary, boundaryFromBody: true });
  if ("issue" in read) return { notes: [read.issue] };
  const { parts, lost } = read;
  const metaPart = parts.get("meta");
  const filePart = parts.get("file");
  const notes = [...lost, ...read.notes];
  // Reported: wechatpay-axios-plugin PR 26.
  if (metaPart?.filename !== undefined) notes.push(META_IS_FILE);
  if (filePart?.extendedFilename && filePart.filename === undefined) notes.push(EXTENDED_ALONE);
  const form: UploadForm = { notes };
  if (metaPart !== undefined && metaPart.filename === undefined) {
    form.metaBytes = metaPart.bytes;
    const meta = parseMeta(metaPart.bytes);
    if (meta !== undefined) form.meta = meta;
  }
  if (filePart !== undefined) form.file = filePart;
  return form;
}

/** The name for faults and the journal: from meta, or else from the file part. */
export function formFilename(form: UploadForm): string | undefined {
  return typeof form.meta?.filename === "string" ? form.meta.filename : form.file?.filename;
}
