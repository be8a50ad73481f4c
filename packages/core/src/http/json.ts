import { checkWholeText, encodeUtf8 } from "../bytes/utf8.ts";
import { given } from "../given.ts";

/** The classes of values that are taken, and their name in messages. */
interface JsonTaken {
  readonly kinds: readonly string[];
  readonly wanted: string;
}

const JSON_OBJECT: JsonTaken = { kinds: ["Object"], wanted: "an object for JSON" };

/**
 * Encodes a body as JSON in raw UTF-8: an Official Account counts `\uXXXX` as six characters, or refuses it. Throws
 * TypeError if the body is not an object (or array, where `takes` allows it), or if a string in it has half a surrogate
 * pair, which JSON would escape.
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

/** Returns undefined for an object whose toJSON returns undefined. */
function jsonOf(body: unknown): string | undefined {
  try {
    return JSON.stringify(body);
  } catch (cause) {
    throw new TypeError(
      "body cannot be written as JSON: it has a BigInt, contains itself, or is nested too deeply.",
      { cause },
    );
  }
}
