import type { WireRequest } from "../http/exchange.ts";
import { type Part, readForm } from "../http/multipart.ts";
import { isSecret, withoutSecrets } from "./secrets.ts";

/** One part of a form. */
export interface FormField {
  name: string;
  filename?: string;
  type?: string;
  bytes: number;
  /** The content, if the part is not a file. */
  text?: string;
}

/** What a request contains besides path and headers, without tokens and secrets. */
export interface RequestText {
  query: readonly (readonly [name: string, value: string])[];
  authorization?: string;
  form?: readonly FormField[];
  /** JSON with line breaks, or other text. */
  body?: string;
}

const MAX_LETTERS = 4096;
/** Longer bodies are files, or blocks of one. */
const MAX_TEXT_BYTES = 64 * 1024;

const redact = (name: string, value: unknown): unknown =>
  isSecret(name) && typeof value === "string" ? "…" : value;

/** Shortens the signature, which tells a reader nothing. */
const withoutSignature = (authorization: string): string =>
  authorization.replace(/signature="([^"]{0,6})[^"]*"/, 'signature="$1…"');

function readText(bytes: Uint8Array): string | undefined {
  if (bytes.length > MAX_TEXT_BYTES) return undefined;
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** JSON with line breaks, or other text; both without tokens and secrets. */
function readable(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text, redact), null, 2).slice(0, MAX_LETTERS);
  } catch {
    return withoutSecrets(text).slice(0, MAX_LETTERS);
  }
}

function formField({ name, filename, type, bytes }: Part): FormField {
  const text = filename === undefined ? readText(bytes) : undefined;
  return {
    name,
    bytes: bytes.length,
    ...(filename !== undefined && { filename }),
    ...(type !== undefined && { type }),
    ...(text !== undefined && { text: readable(text) }),
  };
}

function formOf({ headers, body }: WireRequest): FormField[] | undefined {
  const form = readForm(headers.get("content-type"), body, "accept");
  return "issue" in form ? undefined : [...form.parts.values()].map(formField);
}

export function requestText(request: WireRequest): RequestText {
  const { url, headers, body } = request;
  const query = [...url.searchParams].map(
    ([name, value]) => [name, isSecret(name) ? "…" : value] as const,
  );
  const authorization = headers.get("authorization");
  const form = formOf(request);
  const text = form === undefined && body.length > 0 ? readText(body) : undefined;
  return {
    query,
    ...(authorization !== null && { authorization: withoutSignature(authorization) }),
    ...(form !== undefined && { form }),
    ...(text !== undefined && { body: readable(text) }),
  };
}
