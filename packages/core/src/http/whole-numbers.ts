import { type JsonObject, objectOf, parseObject } from "./reply.ts";

/** More digits than a number holds, as ids of 64 bits have. */
const LONG_NUMBER = /[:[,]\s*-?\d{16}/;
/** Escapes and quotes, which show where strings begin and end; long numbers. */
const TOKENS = /\\[\s\S]|"|-?\d[\d.eE+-]{15,}/g;

/** Whether a JSON text may have a number whose last digits a number of JavaScript would lose. */
export function mayHaveLongNumbers(text: string): boolean {
  return LONG_NUMBER.test(text);
}

/** Parses a body as a JSON object, with whole numbers beyond 2^53 as strings; returns undefined if it is not one. */
export function parseWholeNumbers(body: Uint8Array): JsonObject | undefined {
  const strict = parseObject(body);
  const text = strict === undefined ? "" : new TextDecoder().decode(body);
  if (!mayHaveLongNumbers(text)) return strict;
  let inString = false;
  const quoted = text.replace(TOKENS, (token) => {
    if (token === '"') inString = !inString;
    return inString ? token : wholeNumber(token);
  });
  return objectOf(JSON.parse(quoted));
}

/** The token of a JSON text in quotes if it is a whole number that a number of JavaScript does not hold. */
export function wholeNumber(token: string): string {
  const isExact = Number.isSafeInteger(Number(token)) || !/^-?\d+$/.test(token);
  return isExact ? token : `"${token}"`;
}
