import { decodeBase64 } from "../../bytes/base64.ts";
import { given } from "../../given.ts";
import { KeyError } from "../errors.ts";
import { readDer } from "./der.ts";
import { ENCRYPTED, type KeyData, keyData, PKCS1_PUBLIC, PRIVATE, PUBLIC } from "./key-kind.ts";
import { BASE64, bareText, looksLike } from "./looks-like.ts";

/** What a key must be: its kinds, and how a message describes them. */
export interface WantedKey {
  readonly kinds: readonly string[];
  readonly wanted: string;
}

/** A key, or what is wrong with the text or bytes. */
type Found = KeyData | string;

const CURES: Readonly<Record<string, string>> = {
  [ENCRYPTED]:
    " Decrypt it first: openssl pkcs8 -topk8 -nocrypt -in encrypted.pem -out apiclient_key.pem.",
  [PKCS1_PUBLIC]: " Convert it: openssl rsa -RSAPublicKey_in -in key.pem -pubout.",
  "an OpenSSH key": " Convert it: ssh-keygen -p -m PKCS8 -f key.",
  "a .p12 file": " Take the key out of it: openssl pkcs12 -in apiclient_cert.p12 -nodes -nocerts.",
};

/**
 * Reads a key in any form that people have it in: PEM, whatever became of its line ends; base64 without the BEGIN and
 * END lines; base64 of a whole PEM file; bytes of PEM or DER. Takes the first key of a wanted kind, because a file may
 * have a chain, another key or text in it too. Throws KeyError, which never shows what was given.
 */
export function readKey(
  what: string,
  key: string | Uint8Array,
  { kinds, wanted }: WantedKey,
): KeyData {
  const found = typeof key === "string" ? inText(key) : inBytes(key);
  const fits = (one: Found): one is KeyData => typeof one !== "string" && kinds.includes(one.kind);
  const fitting = found.find(fits);
  if (fitting !== undefined) return fitting;
  const [first] = found;
  if (first === undefined) throw new KeyError(noKey(what, key));
  const seen = typeof first === "string" ? first : first.kind;
  const helps = kinds.includes(seen === PKCS1_PUBLIC ? PUBLIC : PRIVATE);
  throw new KeyError(`${what} is ${seen}.${(helps && CURES[seen]) || ""} It must be ${wanted}.`);
}

/** The message for what is no key in any form. */
export function noKey(what: string, value: unknown): string {
  return `${what} must be a PEM string, bytes of PEM or DER, base64 of either, or a CryptoKey, not ${given(value)}.`;
}

// Some forms drop all blanks, or write + or _ for them. No pattern here looks behind: Safari takes 60 ms for one that does.
const BEGIN = /- ?BEGIN/gi;
const HEAD = /^- ?BEGIN[ _+]?([^-\n]+)-+/i;
/** A run of dashes, and with it the END line that it may begin: no run is looked at twice. */
const DASHES = /-+( ?END[^-\n]+-)?/gi;

interface Block {
  readonly label: string;
  readonly content: string;
  /** Where the content begins in the text. */
  readonly start: number;
}

/** The blocks of a PEM, in time in proportion to the text, whatever it is. */
function blocksOf(text: string): readonly Block[] {
  const begins = Array.from(text.matchAll(BEGIN), ({ index }) => index);
  return begins.flatMap((at, number) => {
    const next = begins[number + 1] ?? text.length;
    const part = text.slice(at, next + 1); // its first dash may be the last of this block
    const [head = "", label] = HEAD.exec(part) ?? [];
    const rest = part.slice(head.length);
    const end = Array.from(rest.matchAll(DASHES)).find(([, line]) => line !== undefined);
    if (label === undefined || end === undefined) return [];
    return [{ label, content: rest.slice(0, end.index), start: at + head.length }];
  });
}

const NOT_WHOLE = "not whole, or not in order: its DER is broken";

const ESCAPE = /\\+(?:(?:u00|x)([\da-f]{2}))?|%([\da-f]{2})/gi;

function inText(given: string): readonly Found[] {
  // .env files, JSON and shells write a line end as backslash and letter, some twice, and = as \u003d; URLs as %3D.
  const text = given
    .replace(ESCAPE, (all, slashed?: string, hex = slashed) =>
      hex === undefined ? all : String.fromCharCode(Number.parseInt(hex, 16)),
    )
    .replace(/[\u2010-\u2015\u2212\uff0d]/g, "-") // editors make dashes of hyphens
    .replace(/\r\n?|(?:\\+r)?\\+n|\\+[rt]?/g, "\n");
  const blocks = blocksOf(text).map(({ label, content, start }, number) => {
    if (/ENCRYPTED/.test(label + content)) return [ENCRYPTED];
    if (/SSH/.test(label)) return ["an OpenSSH key"];
    // Messages tell of the first block alone, so that of many no place is counted.
    const found = inBase64(content, number === 0 ? text.slice(0, start) : "");
    return found.length > 0 ? found : [NOT_WHOLE];
  });
  if (blocks.length > 0) return blocks.flat();
  if (/BEGIN |END /.test(text)) {
    return ['a part of a PEM: it has no line "-----BEGIN …-----" with its "-----END …-----"'];
  }
  const bare = bareText(text);
  const look = looksLike(given);
  if (look !== undefined && look !== BASE64) return [look];
  return bare.length < LEAST_BASE64 ? [] : inBase64(bare, text.slice(0, text.indexOf(bare)));
}

/** A key of WeChat Pay takes more characters than this, in any form. */
const LEAST_BASE64 = 64;

function inBase64(content: string, before: string): readonly Found[] {
  const at = placeOfWrong(content);
  if (at >= 0) {
    const lines = (before + content.slice(0, at)).split("\n");
    const code = content.charCodeAt(at).toString(16).toUpperCase().padStart(4, "0");
    return [
      `not base64 in line ${lines.length} at character ${(lines.at(-1)?.length ?? 0) + 1} (U+${code})`,
    ];
  }
  // A web form that was not encoded makes a blank of each +.
  const found = decoded(content);
  if (typeof found[0] === "object") return found;
  const [key] = decoded(content.replaceAll(" ", "+"));
  return typeof key === "object" ? [key] : found;
}

/**
 * Where a character stands that is not base64, or -1; an = is none before the end. The end is cut off first: a pattern
 * for both would look through a run of = again for each of them.
 */
function placeOfWrong(content: string): number {
  let end = content.length;
  while (/[=\s]/.test(content[end - 1] ?? "")) end -= 1;
  return content.slice(0, end).search(/[^A-Za-z\d+/\s]/);
}

function decoded(content: string): readonly Found[] {
  const base64 = content.replace(/[=\s]/g, "");
  const bytes = decodeBase64(base64.padEnd(Math.ceil(base64.length / 4) * 4, "="));
  return bytes === undefined ? [NOT_WHOLE] : inBytes(bytes);
}

function inBytes(bytes: Uint8Array): readonly Found[] {
  const [first] = bytes;
  if (first === 0x30) {
    const whole = readDer(bytes)?.bytes.byteLength === bytes.byteLength;
    return [whole ? (keyData(bytes) ?? "DER of something else") : NOT_WHOLE];
  }
  // PowerShell and Notepad write UTF-16, in either order: a key has no other characters than ASCII.
  const isWide = bytes.subarray(0, 4).includes(0) || first === 0xfe || first === 0xff;
  const narrow = isWide ? bytes.filter((byte) => byte > 0 && byte < 0xfe) : bytes;
  const text = new TextDecoder().decode(narrow);
  return /[\0\ufffd]/.test(text) ? [] : inText(text);
}
