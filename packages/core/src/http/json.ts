import { checkWholeText, encodeUtf8 } from "../bytes/utf8.ts";
import { given } from "../given.ts";

/** Which values are taken, by their class, and how they are called. */
interface JsonTaken {
  readonly kinds: readonly string[];
  readonly wanted: string;
}

const JSON_OBJECT: JsonTaken = { kinds: ["Object"], wanted: "an object for JSON" };

/**
 * The JSON of a body in raw UTF-8: an Official Account counts `\uXXXX` as six characters or refuses it. Throws TypeError
 * where the body is no plain object (or array, where those are taken), or a string in it holds half a surrogate pair, which
 * JSON would escape.
 */
export function encodeJson(body: unknown, takes: JsonTaken = JSON_OBJECT): Uint8Array<ArrayBuffer> {
  const kind = Object.prototype.toString.call(body).slice("[object ".length, -1);
  const text = takes.kinds.includes(kind) ? jsonOf(body) : undefined;
  if (typeof text !== "string" || !/^[{[]/.test(text)) {
    throw new TypeError(`body must be ${takes.wanted}, not ${given(body)}.`);
  }
  checkWholeText("body", JSON.parse(text));
  return encodeUtf8(text);
}

/** Undefined of an object that a toJSON of its own makes nothing of. */
function jsonOf(body: unknown): string | undefined {
  try {
    return JSON.stringify(body);
  } catch (cause) {
    throw new TypeError("body cannot be written as JSON: it has a BigInt, or contains itself.", {
      cause,
    });
  }
}
