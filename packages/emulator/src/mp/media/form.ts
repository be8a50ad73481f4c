import { parseHeaderValue } from "../../http/header-parameters.ts";
import { boundaryOf, type Part, parseMultipart } from "../../http/multipart.ts";

/** The parts of an upload; empty if the form cannot be parsed, which is answered 41005. */
export type MediaForm = Map<string, Part>;

/** Reported: WeChat finds no media in a form with a quoted boundary. */
function isQuoted(contentType: string): boolean {
  const parsed = parseHeaderValue(contentType);
  return typeof parsed !== "string" && parsed.parameters.get("boundary")?.quoted === true;
}

export function readMediaForm(
  contentType: string | null,
  body: Uint8Array<ArrayBuffer>,
  quotedBoundary: "refuse" | "accept",
): MediaForm {
  if (contentType === null) return new Map();
  if (quotedBoundary === "refuse" && isQuoted(contentType)) return new Map();
  const boundary = boundaryOf(contentType);
  if (typeof boundary !== "string") return new Map();
  const parts = parseMultipart(body, boundary);
  return "issue" in parts ? new Map() : parts;
}

/** The part `media`, if it has a filename (reported: 41005 without). */
export function mediaPart(form: MediaForm): (Part & { filename: string }) | undefined {
  const part = form.get("media");
  return part?.filename ? { ...part, filename: part.filename } : undefined;
}
