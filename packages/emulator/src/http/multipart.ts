import { type HeaderValue, parseHeaderValue } from "./header-parameters.ts";

// A parser of its own, because no existing one accepts and refuses the same bodies as WeChat
// (Request.formData() of Node throws on WeChat's own sample).
// documented: CRLF at the end of every line, also the blank one; the trailing ; of the samples.
// reported:   filename* and an unquoted filename or name are refused (Official Account, Pay v2).
// assumed:    the rest: no preamble, nothing after the closing boundary but a CRLF, no folded
//             header, no two parts with one name, no NUL in a part header.

export interface Part {
  name: string;
  /** Present on a file part, even if empty. */
  filename?: string;
  type?: string;
  bytes: Uint8Array<ArrayBuffer>;
}

export interface MultipartError {
  issue: string;
}

const CR = 0x0d;
const LF = 0x0a;
const DASH = 0x2d;
const BOUNDARY = /^[0-9A-Za-z'()+_,\-./:=? ]{0,69}[0-9A-Za-z'()+_,\-./:=?]$/;
const decoder = new TextDecoder();
const encoder = new TextEncoder();

/** Finds the boundary in a Content-Type. WeChat Pay accepts it with or without quotes. */
export function boundaryOf(contentType: string | null): string | MultipartError {
  if (contentType === null) return { issue: "Content-Type is missing" };
  const parsed = parseHeaderValue(contentType);
  if (typeof parsed === "string") return { issue: `Content-Type: ${parsed}` };
  if (parsed.value !== "multipart/form-data") {
    return { issue: `Content-Type is ${parsed.value}, it must be multipart/form-data` };
  }
  const boundary = parsed.parameters.get("boundary")?.value;
  if (boundary === undefined) return { issue: "Content-Type has no boundary" };
  if (!BOUNDARY.test(boundary)) {
    return { issue: "the boundary must be 1 to 70 of the characters RFC 2046 allows" };
  }
  return boundary;
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
  if (parameters.has("filename*")) return { issue: "filename* is not understood" };
  if (!parameters.has("name")) return { issue: "a part has no name" };
  for (const name of ["name", "filename"]) {
    if (parameters.get(name)?.quoted === false) return { issue: `${name} must be quoted` };
  }
  return parsed;
}

/** Both the API and the inspector parse a body; the second call reuses the result. */
const parsed = new WeakMap<Uint8Array, { boundary: string; parts: Parts }>();

type Parts = Map<string, Part> | MultipartError;

/** Parses a multipart/form-data body; the parts are views of `body`. */
export function parseMultipart(body: Uint8Array<ArrayBuffer>, boundary: string): Parts {
  const known = parsed.get(body);
  if (known?.boundary === boundary) return known.parts;
  const parts = findParts(body, boundary);
  parsed.set(body, { boundary, parts });
  return parts;
}

function findParts(body: Uint8Array<ArrayBuffer>, boundary: string): Parts {
  const delimiter = encoder.encode(`--${boundary}`);
  const parts = new Map<string, Part>();
  if (!startsWith(body, 0, delimiter)) {
    return { issue: "the body must begin with -- and the boundary of Content-Type" };
  }
  let at = delimiter.length;
  for (;;) {
    if (body[at] === DASH && body[at + 1] === DASH) {
      const rest = body.subarray(at + 2);
      if (rest.length === 0 || (rest.length === 2 && rest[0] === CR && rest[1] === LF)) break;
      return { issue: "there are bytes after the closing boundary" };
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
      if (!/^[a-z0-9-]+$/.test(name)) return { issue: "a part header must be Name: value" };
      if (headers.has(name)) return { issue: `a part has ${name} twice` };
      headers.set(name, line.slice(colon + 1).trim());
    }
    const disposition = dispositionOf(headers);
    if ("issue" in disposition) return disposition;
    const end = findDelimiter(body, at, delimiter, [CR, LF]);
    if (end < 0) {
      const lone = findDelimiter(body, at, delimiter, [LF]) >= 0;
      return lone ? LINE_ENDS : { issue: "the closing boundary is missing" };
    }
    const name = disposition.parameters.get("name")?.value ?? "";
    const filename = disposition.parameters.get("filename")?.value;
    const type = headers.get("content-type");
    if (parts.has(name)) return { issue: `there are two parts named ${JSON.stringify(name)}` };
    parts.set(name, {
      name,
      bytes: body.subarray(at, end),
      ...(filename !== undefined && { filename }),
      ...(type !== undefined && { type }),
    });
    at = end + 2 + delimiter.length;
  }
  return parts;
}
