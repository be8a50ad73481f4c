import { boundaryOf, type MultipartError, type Part, parseMultipart } from "../http/multipart.ts";

export interface UploadForm {
  /** The signed bytes; absent without a plain meta part. */
  metaBytes?: Uint8Array<ArrayBuffer>;
  /** Why the form cannot be parsed; there are no parts then. */
  malformed?: MultipartError;
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

export function readUploadForm(
  contentType: string | null,
  body: Uint8Array<ArrayBuffer>,
): UploadForm {
  const boundary = boundaryOf(contentType);
  if (typeof boundary !== "string") return { malformed: boundary };
  const parts = parseMultipart(body, boundary);
  if ("issue" in parts) return { malformed: parts };
  const metaPart = parts.get("meta");
  const filePart = parts.get("file");
  const form: UploadForm = {};
  // The gateway takes a meta part with a filename for a file, finds no meta and verifies over an empty
  // body (reported: wechatpay-axios-plugin PR 26).
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
