import type { Exchange } from "./recorder.ts";

/** One part as it was sent: its header lines untouched. */
export interface SentPart {
  readonly name: string;
  readonly lines: readonly string[];
  readonly body: Buffer;
}

/** A form taken apart, in the order of its parts. */
export interface SentForm {
  readonly boundary: string;
  readonly parts: readonly SentPart[];
  /** What follows the closing boundary. */
  readonly end: string;
}

/** Value of a header, whatever its case. */
export function headerOf({ headers }: Exchange, name: string): string | undefined {
  return headers.find(([sent]) => sent.toLowerCase() === name)?.[1];
}

/** Splits at every line that begins with the boundary; looser than the emulator, to see what came. */
export function readForm(exchange: Exchange): SentForm {
  const named = /boundary=(.+)$/.exec(headerOf(exchange, "content-type") ?? "")?.[1];
  const boundary = named ?? firstLine(exchange.body);
  const delimiter = Buffer.from(`\r\n--${boundary}`);
  const body = Buffer.concat([Buffer.from("\r\n"), exchange.body]);
  const parts: SentPart[] = [];
  let at = body.indexOf(delimiter);
  if (boundary === "" || at !== 0) throw new Error("The body does not begin with its boundary.");
  for (;;) {
    const next = body.indexOf(delimiter, at + 1);
    if (next < 0) break;
    parts.push(readPart(body.subarray(at + delimiter.length + 2, next)));
    at = next;
  }
  const rest = body.subarray(at + delimiter.length).toString();
  if (!rest.startsWith("--")) throw new Error("The closing boundary is missing.");
  return { boundary, parts, end: rest.slice(2) };
}

/** The boundary as the body shows it, for a Content-Type that does not. */
const firstLine = (body: Buffer): string =>
  body.subarray(2, Math.max(2, body.indexOf("\r\n"))).toString();

function readPart(part: Buffer): SentPart {
  const blank = part.indexOf("\r\n\r\n");
  const lines = part.subarray(0, blank).toString().split("\r\n");
  const name = /[; ]name="([^"]*)"/.exec(lines.join(";"))?.[1] ?? "";
  return { name, lines, body: part.subarray(blank + 4) };
}

/** The part of that name. Throws where the form has none. */
export function partOf(form: SentForm, name: string): SentPart {
  const part = form.parts.find((candidate) => candidate.name === name);
  if (part === undefined) throw new Error(`The form has no part ${name}.`);
  return part;
}
