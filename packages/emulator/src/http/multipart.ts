import { type HeaderValue, parseHeaderValue } from "./header-parameters.ts";

// A parser of its own, because no existing one accepts and refuses the same bodies as WeChat
// (Request.formData() of Node throws on WeChat's own sample).
// documented: CRLF at the end of every line, also the blank one; the trailing ; of the samples.
// reported:   a preamble and an epilogue are ignored, as RFC 2046 says (form-data-encoder sends one);
//             an unquoted filename or name is not understood (Official Account, Pay v2).
// assumed:    the rest: no folded header, no two parts with one name, no NUL in a part header.

export interface Part {
  name: string;
  /** Present on a file part, even if empty. */
  filename?: string;
  /** It has `filename*` too, or only that. */
  extendedFilename?: true;
  type?: string;
  bytes: Uint8Array<ArrayBuffer>;
}

export interface MultipartError {
  issue: string;
}

export interface MultipartForm {
  parts: Map<string, Part>;
  /** Why a part is not in `parts`: its Content-Disposition cannot be understood. */
  lost: readonly string[];
  /** What the form has that few clients send. */
  notes: readonly string[];
}

/** What is done with a boundary in quotes. */
export type QuotedBoundary = "refuse" | "accept";

const CR = 0x0d;
const LF = 0x0a;
const DASH = 0x2d;
const BOUNDARY = /^[0-9A-Za-z'()+_,\-./:=? ]{0,69}[0-9A-Za-z'()+_,\-./:=?]$/;
const decoder = new TextDecoder();
const encoder = new TextEncoder();

const FIRST_LINE = /^(?:\r\n)*--([^\r\n]{1,70})\r\n/;
const FIRST_BYTES = 128;

const NO_BOUNDARY = "Content-Type has no boundary";

function boundaryOfBody(body: Uint8Array): string | MultipartError {
  const [, found = ""] = FIRST_LINE.exec(decoder.decode(body.subarray(0, FIRST_BYTES))) ?? [];
  return BOUNDARY.test(found) ? found : { issue: NO_BOUNDARY };
}

/** Finds the boundary in Content-Type; undefined if it should be there and is not. */
function boundaryOf(
  contentType: string | null,
  quotedBoundary: QuotedBoundary,
): string | undefined | MultipartError {
  if (contentType === null) return { issue: "Content-Type is missing" };
  const parsed = parseHeaderValue(contentType);
  if (typeof parsed === "string") return { issue: `Content-Type: ${parsed}` };
  if (parsed.value !== "multipart/form-data") {
    return { issue: `Content-Type is ${parsed.value}, it must be multipart/form-data` };
  }
  const boundary = parsed.parameters.get("boundary");
  if (boundary === undefined) return undefined;
  if (boundary.quoted && quotedBoundary === "refuse") {
    return { issue: "the boundary in Content-Type is in quotes" };
  }
  if (!BOUNDARY.test(boundary.value)) {
    return { issue: "the boundary must be 1 to 70 of the characters RFC 2046 allows" };
  }
  return boundary.value;
}

/**
 * Reads a form, or says why it cannot be read. Without a boundary in Content-Type, the first line of the body tells it.
 * The parts are views of `body`.
 */
export function readForm(
  contentType: string | null,
  body: Uint8Array<ArrayBuffer>,
  quotedBoundary: QuotedBoundary,
): MultipartForm | MultipartError {
  const named = boundaryOf(contentType, quotedBoundary);
  if (typeof named === "object") return named;
  if (named !== undefined) return parseMultipart(body, named);
  const found = boundaryOfBody(body);
  if (typeof found === "object") return found;
  const form = parseMultipart(body, found);
  if ("issue" in form) return form;
  return { ...form, notes: [`${NO_BOUNDARY}; the body's first line shows it`, ...form.notes] };
}

function startsWith(body: Uint8Array, at: number, bytes: Uint8Array): boolean {
  if (at + bytes.length > body.length) return false;
  for (let i = 0; i < bytes.length; i++) if (body[at + i] !== bytes[i]) return false;
  return true;
}

/** The offset of the next delimiter after the bytes `before`; -1 if there is none. */
function findDelimiter(
  body: Uint8Array,
  from: number,
  delimiter: Uint8Array,
  before: number[],
): number {
  const needle = new Uint8Array([...before, ...delimiter]);
  const first = needle[0] as number;
  let at = body.indexOf(first, from);
  while (at >= 0) {
    if (startsWith(body, at, needle)) {
      const next = at + needle.length;
      const ends = body[next] === DASH && body[next + 1] === DASH;
      if (ends || body[next] === CR || body[next] === LF) return at;
    }
    at = body.indexOf(first, at + 1);
  }
  return -1;
}

const LINE_ENDS = { issue: "a line ends in LF only; every line must end in CRLF" };

/** Reads one line, without its CRLF. */
function readLine(
  body: Uint8Array,
  at: number,
): { line: Uint8Array; next: number } | MultipartError {
  const lf = body.indexOf(LF, at);
  if (lf < 0) return { issue: "the part headers do not end" };
  if (lf === at || body[lf - 1] !== CR) return LINE_ENDS;
  const line = body.subarray(at, lf - 1);
  if (line.includes(CR)) return { issue: "a part header contains a CR" };
  if (line.includes(0)) return { issue: "a part header contains a NUL" };
  return { line, next: lf + 1 };
}

function dispositionOf(headers: Map<string, string>): HeaderValue | MultipartError {
  const text = headers.get("content-disposition");
  if (text === undefined) return { issue: "a part has no Content-Disposition" };
  const parsed = parseHeaderValue(text);
  if (typeof parsed === "string") return { issue: `Content-Disposition: ${parsed}` };
  if (parsed.value !== "form-data") {
    return { issue: `Content-Disposition is ${parsed.value}, it must be form-data` };
  }
  const { parameters } = parsed;
  if (!parameters.has("name")) return { issue: "a part has no name" };
  for (const name of ["name", "filename"]) {
    if (parameters.get(name)?.quoted === false) return { issue: `${name} must be quoted` };
  }
  return parsed;
}

/** Both the API and the inspector parse a body; the second call reuses the result. */
const parsed = new WeakMap<Uint8Array, { boundary: string; form: Parsed }>();

type Parsed = MultipartForm | MultipartError;

function parseMultipart(body: Uint8Array<ArrayBuffer>, boundary: string): Parsed {
  const known = parsed.get(body);
  if (known?.boundary === boundary) return known.form;
  const form = findParts(body, boundary);
  parsed.set(body, { boundary, form });
  return form;
}

/** Where the first boundary line begins. */
function firstDelimiter(body: Uint8Array, delimiter: Uint8Array): number | MultipartError {
  if (startsWith(body, 0, delimiter)) return 0;
  const at = findDelimiter(body, 0, delimiter, [CR, LF]);
  if (at >= 0) return at + 2;
  if (findDelimiter(body, 0, delimiter, [LF]) >= 0) return LINE_ENDS;
  return { issue: "no line of the body is -- and the boundary of Content-Type" };
}

/** The bytes after the closing boundary; one CRLF is usual. */
const hasEpilogue = (rest: Uint8Array): boolean =>
  rest.length > 0 && !(rest.length === 2 && rest[0] === CR && rest[1] === LF);

function findParts(body: Uint8Array<ArrayBuffer>, boundary: string): Parsed {
  const delimiter = encoder.encode(`--${boundary}`);
  const parts = new Map<string, Part>();
  const lost: string[] = [];
  const notes: string[] = [];
  const first = firstDelimiter(body, delimiter);
  if (typeof first === "object") return first;
  if (first > 0) notes.push("bytes before the first boundary, which are ignored");
  let at = first + delimiter.length;
  for (;;) {
    if (body[at] === DASH && body[at + 1] === DASH) {
      if (hasEpilogue(body.subarray(at + 2))) {
        notes.push("bytes after the closing boundary, which are ignored");
      }
      break;
    }
    if (body[at] === LF) return LINE_ENDS;
    if (body[at] !== CR || body[at + 1] !== LF)
      return { issue: "a boundary line must end in CRLF" };
    at += 2;
    const headers = new Map<string, string>();
    for (;;) {
      const read = readLine(body, at);
      if ("issue" in read) return read;
      at = read.next;
      if (read.line.length === 0) break;
      const line = decoder.decode(read.line);
      const colon = line.indexOf(":");
      const name = line.slice(0, Math.max(colon, 0)).toLowerCase();
      if (!/^[!#$%&'*+.^_`|~0-9a-z-]+$/.test(name))
        return { issue: "a part header must be Name: value" };
      if (headers.has(name)) return { issue: `a part has ${name} twice` };
      headers.set(name, line.slice(colon + 1).trim());
    }
    const end = findDelimiter(body, at, delimiter, [CR, LF]);
    if (end < 0) {
      const lone = findDelimiter(body, at, delimiter, [LF]) >= 0;
      return lone ? LINE_ENDS : { issue: "the closing boundary is missing" };
    }
    const bytes = body.subarray(at, end);
    at = end + 2 + delimiter.length;
    const disposition = dispositionOf(headers);
    if ("issue" in disposition) {
      lost.push(disposition.issue);
      continue;
    }
    const { parameters } = disposition;
    const name = parameters.get("name")?.value ?? "";
    const filename = parameters.get("filename")?.value;
    const type = headers.get("content-type");
    if (parts.has(name)) return { issue: `there are two parts named ${JSON.stringify(name)}` };
    parts.set(name, {
      name,
      bytes,
      ...(filename !== undefined && { filename }),
      ...(parameters.has("filename*") && { extendedFilename: true }),
      ...(type !== undefined && { type }),
    });
  }
  return { parts, lost, notes };
}
