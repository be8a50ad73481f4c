import { type JsonObject, objectOf, parseObject } from "../http/reply.ts";
import { mayHaveLongNumbers, wholeNumber } from "../http/whole-numbers.ts";

/** Escapes and quotes, which show where strings begin and end; control characters (below a blank); long numbers. */
const TOKENS = /\\(?:u[\da-fA-F]{4}|[\s\S])?|"|[^ -\uffff]|-?\d[\d.eE+-]{15,}/g;
const ESCAPE = /^\\(?:["\\/bfnrt]|u.{4})$/;

/**
 * Parses a reply of an Official Account; returns undefined if it is no JSON object. What followers write comes with raw
 * control characters, with bytes of other encodings, and with backslashes that escape nothing (reported): what is no
 * JSON is read once more without them. Whole numbers beyond 2^53, whose last digits a number would lose, become strings.
 */
export function parseMpObject(body: Uint8Array): JsonObject | undefined {
  const strict = parseObject(body);
  const text = new TextDecoder().decode(body);
  if (strict !== undefined ? !mayHaveLongNumbers(text) : !isLikeObject(text) || UTF_16.test(text)) {
    return strict;
  }
  const trimmed = text.trim(); // of byte order marks, too
  // The second byte of a character in GBK may be a backslash.
  return parsed(mended(trimmed)) ?? parsed(mended(trimmed.replace(/([^ -~\s])\\/g, "$1")));
}

/** Half of the bytes are zeros, which would be taken for control characters. */
const UTF_16 = /^[\s\uFFFD]*(?:\{\0|\0\{)/;

/** Whether a text begins as a JSON object does, in UTF-16 too. */
export function isLikeObject(text: string): boolean {
  return /^[\s\0\uFFFD]*\{/.test(text);
}

function parsed(text: string): JsonObject | undefined {
  try {
    return objectOf(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function mended(text: string): string {
  let inString = false;
  return text.replace(TOKENS, (token) => {
    if (token === '"') {
      inString = !inString;
      return token;
    }
    if (/^[-\d]/.test(token)) return inString ? token : wholeNumber(token);
    if (!inString) return token < " " && !/\s/.test(token) ? "" : token;
    if (ESCAPE.test(token)) return token;
    return token.replace(/^\\/, "\\\\").replace(/[^ -\uffff]/, escaped);
  });
}

function escaped(control: string): string {
  return `\\u${control.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
