import { encodeUtf8 } from "../bytes/utf8.ts";
import { feature } from "../feature.ts";

/** What was done to a body, and the bytes it had before. */
export type Rewriting = readonly [how: string, before: Uint8Array<ArrayBuffer>];

const PARSED = "its JSON was parsed and written again";

/**
 * The order of the fields in notifications as they came (reported: wechatpay-java#226, wechatpay-go#230), and in
 * WeChat's documents. Maps of Go and fastjson of Java sort them in other ways.
 */
const ORDERS: readonly (readonly string[])[] = [
  ["id", "create_time", "resource_type", "event_type", "summary", "resource"],
  ["id", "create_time", "resource_type", "event_type", "resource", "summary"],
];
const RESOURCE_ORDERS: readonly (readonly string[])[] = [
  ["original_type", "algorithm", "ciphertext", "associated_data", "nonce"],
  ["algorithm", "ciphertext", "nonce", "associated_data", "original_type"],
];

/** Lists what a body may have been before a parser, an editor or a decoder changed it, the likeliest first. */
export function rewritings(body: Uint8Array<ArrayBuffer>): Rewriting[] {
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(body);
  const bare = text.replace(/^\ufeff/, "");
  const found: Rewriting[] = [];
  if (bare !== text) found.push(["a byte order mark was added", encodeUtf8(bare)]);
  const trimmed = bare.trim();
  if (trimmed !== bare) found.push(["blanks or a line end were added", encodeUtf8(trimmed)]);
  found.push(["a line end was removed", encodeUtf8(`${trimmed}\n`)]);
  if (text.includes("\r\n")) {
    found.push(["its line ends were changed", encodeUtf8(text.replaceAll("\r\n", "\n"))]);
  }
  if (/[\x80-\xff]/.test(text) && !/[^\0-\xff]/.test(text)) {
    found.push(["it was decoded as Latin-1", Uint8Array.from(text, (c) => c.charCodeAt(0))]);
  }
  // JSON that is too deep to be written was not written again.
  for (const json of feature(() => rewrittenJson(bare)) ?? []) {
    found.push([PARSED, encodeUtf8(json)]);
  }
  return found;
}

function rewrittenJson(text: string): Set<string> {
  const value = parsed(text);
  if (value === undefined) return new Set();
  const { resource } = value;
  const ordered = ORDERS.map((order, i) =>
    sorted({ ...value, resource: sorted(resource, RESOURCE_ORDERS[i]) }, order),
  );
  const written = [value, ...ordered].map((one) => JSON.stringify(one));
  return new Set(
    written.flatMap((json) => [
      json,
      json.replaceAll("/", "\\/"),
      escaped(json),
      escaped(json).replace(/\\u[\da-f]{4}/g, (code) => `\\u${code.slice(2).toUpperCase()}`),
    ]),
  );
}

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    return isObject ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined; // no JSON was written again
  }
}

function sorted(value: unknown, order: readonly string[] = []): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  const place = (name: string): number => (order.includes(name) ? order.indexOf(name) : 99);
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => place(a) - place(b)));
}

function escaped(json: string): string {
  return json.replace(
    /[^\0-\x7f]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
