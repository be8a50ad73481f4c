import { type FormRules, type Part, readForm } from "../../http/multipart.ts";

/** The parts of an upload; empty if the form cannot be read, which is answered 41005. */
export type MediaForm = Map<string, Part>;

/** A form, and why it cannot be read or what few clients send. */
interface ReadMediaForm {
  form: MediaForm;
  notes: readonly string[];
}

const unreadable = (notes: readonly string[]): ReadMediaForm => ({ form: new Map(), notes });

/** Reported: WeChat finds no media in a form with a quoted boundary or with filename*. */
export function readMediaForm(
  contentType: string | null,
  body: Uint8Array<ArrayBuffer>,
  quotedBoundary: FormRules["quotedBoundary"],
): ReadMediaForm {
  const read = readForm(contentType, body, { quotedBoundary, boundaryFromBody: false });
  if ("issue" in read) return unreadable([read.issue]);
  const { parts, lost, notes } = read;
  if (lost.length > 0) return unreadable(lost);
  const extended = [...parts.values()].some(({ extendedFilename }) => extendedFilename);
  return extended ? unreadable(["filename* is not understood"]) : { form: parts, notes };
}

/** The part `media`, if it has a filename (reported: 41005 without). */
export function mediaPart(form: MediaForm): (Part & { filename: string }) | undefined {
  const part = form.get("media");
  return part?.filename ? { ...part, filename: part.filename } : undefined;
}
