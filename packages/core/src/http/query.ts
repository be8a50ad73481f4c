import { checkWholeText } from "../bytes/utf8.ts";
import { given } from "../given.ts";
import { visible } from "../visible.ts";

/** Query parameters, not encoded yet; undefined ones are left out. */
export type Query = Readonly<Record<string, string | number | boolean | undefined>>;

/** Encodes a query, without the question mark. Throws TypeError if it is malformed. */
export function encodeQuery(query: Query = {}): string {
  // URLSearchParams and Maps have no own properties: they would become an empty query.
  if (Object.prototype.toString.call(query) !== "[object Object]") {
    throw new TypeError(`query must be an object of parameters, not ${given(query)}.`);
  }
  checkWholeText("query", query);
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [`${encodeURIComponent(name)}=${encodeValue(name, value)}`],
  );
  return pairs.join("&");
}

function encodeValue(name: string, value: unknown): string {
  const plain = ["string", "boolean"].includes(typeof value) || Number.isFinite(value);
  if (plain) return encodeURIComponent(String(value));
  throw new TypeError(
    `query.${visible(name)} must be a string, a finite number or a boolean, not ${given(value)}.`,
  );
}
