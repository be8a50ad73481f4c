import { boundaryOf, type MultipartError, type Part, parseMultipart } from "../http/multipart.ts";

export interface UploadForm {
  /** The signed bytes; absent without a plain meta part. */
  metaBytes?: Uint8Array<ArrayBuffer>;
  /** Why the form cannot be parsed; there are no parts then. */
  malformed?: MultipartError;
  /** Absent if meta is not a JSON object. */
  meta?: Readonly<Record<string, unknown>>;
  file?: Part;
  /** The texts of the other parts. */
  fields: ReadonlyMap<string, string>;
}

function parseMeta(bytes: Uint8Array): UploadForm["meta"] {
  try {
    const meta: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    if (typeof meta !== "object" || meta === null || Array.isArray(meta)) return undefined;
    return meta as Record<string, unknown>;
  } catch {
    return undefined;
  }
}

export function readUploadForm(
  contentType: string | null,
  body: Uint8Array<ArrayBuffer>,
  filePartName = "file",
): UploadForm {
  const boundary = boundaryOf(contentType);
  if (typeof boundary !== "string") return { malformed: boundary, fields: new Map() };
  const parts = parseMultipart(body, boundary);
  if ("issue" in parts) return { malformed: parts, fields: new Map() };
  const metaPart = parts.get("meta");
  const filePart = parts.get(filePartName);
  const form: UploadForm = { fields: textsOf(parts) };
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

function textsOf(parts: ReadonlyMap<string, Part>): Map<string, string> {
  const texts = [...parts.values()].filter(({ filename }) => filename === undefined);
  return new Map(texts.map(({ name, bytes }) => [name, new TextDecoder().decode(bytes)]));
}

/** The name for faults and the journal: from meta, or else from the file part. */
export function formFilename({ meta, file }: UploadForm, key = "filename"): string | undefined {
  const named = meta?.[key];
  return typeof named === "string" ? named : file?.filename;
}
