import { type Part, type QuotedBoundary, readForm } from "../../http/multipart.ts";

/** The parts of an upload; empty if the form cannot be read, which is answered 41005. */
export type MediaForm = Map<string, Part>;

/** A form, and why it cannot be read or what few clients send. */
interface ReadMediaForm {
  form: MediaForm;
  notes: readonly string[];
}

/** The documented name of the file's part. */
const MEDIA = "media";

const unreadable = (notes: readonly string[]): ReadMediaForm => ({ form: new Map(), notes });

function missing(parts: readonly Part[], part: Part | undefined): string {
  if (part !== undefined) return `the part ${part.name} has no filename`;
  const names = parts.map(({ name }) => JSON.stringify(name)).join(", ") || "none";
  return `no part is named ${MEDIA}; the form has ${names}`;
}

/**
 * Reported: WeChat finds no media in a form with a quoted boundary or with filename*, but in one whose
 * Content-Type has no boundary, as WxJava sent it.
 *
 * @param fileNames - the names of the file's part, the usual one first
 */
export function readMediaForm(
  contentType: string | null,
  body: Uint8Array<ArrayBuffer>,
  quotedBoundary: QuotedBoundary,
  fileNames: readonly string[],
): ReadMediaForm {
  const read = readForm(contentType, body, quotedBoundary);
  if ("issue" in read) return unreadable([read.issue]);
  const { parts, lost, notes } = read;
  if (lost.length > 0) return unreadable(lost);
  const extended = [...parts.values()].some(({ extendedFilename }) => extendedFilename);
  if (extended) return unreadable(["filename* is not understood"]);
  const named = fileNames.find((name) => parts.has(name));
  const part = named === undefined ? undefined : parts.get(named);
  if (!part?.filename)
    return { form: parts, notes: [...notes, missing([...parts.values()], part)] };
  if (named === MEDIA) return { form: parts, notes };
  return {
    form: new Map([...parts, [MEDIA, part]]),
    notes: [...notes, `the file is in the part ${named}; the documents say ${MEDIA}`],
  };
}

/** The part `media`, if it has a filename (reported: 41005 without). */
export function mediaPart(form: MediaForm): (Part & { filename: string }) | undefined {
  const part = form.get(MEDIA);
  return part?.filename ? { ...part, filename: part.filename } : undefined;
}
