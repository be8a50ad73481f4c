import { given } from "./given.ts";

/** Lists the first names of an object's fields, for messages: a stranger may have named them, as long as a book. */
export function fieldNames(fields: object): string {
  const names = Object.keys(fields).slice(0, 10);
  return (
    names.map((name) => (/^[\w.-]{1,64}$/.test(name) ? name : given(name))).join(", ") || "none"
  );
}
