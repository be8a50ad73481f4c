import type { JsonObject } from "../http/reply.ts";
import { visible } from "../visible.ts";
import type { SignErrorCause } from "./sign-error-cause.ts";
import { SIGN_ERROR_TEXTS } from "./wire-texts.ts";

/** Why WeChat Pay refused a signature, as far as the reply shows it. */
export interface SignErrorExplanation {
  /** The string that was signed; its body is cut to 8 bytes, as WeChat Pay cuts it. */
  readonly signed: string;
  /** Length of the whole string that was signed, in bytes. */
  readonly signedLength: number;
  /** The string that WeChat Pay built; its body is cut to 8 bytes. Undefined if the reply does not show it. */
  readonly server: string | undefined;
  /** Length of WeChat Pay's whole string, in bytes. */
  readonly serverLength: number | undefined;
  /** The first proven difference between the two; undefined if there is none. */
  readonly difference: string | undefined;
  /** The possible causes, the most likely one first. */
  readonly causes: readonly SignErrorCause[];
  /** Difference and causes in words, for people. */
  readonly text: string;
}

/** A refused request, and what the reply says about it. */
export interface RefusedSignature {
  /** The whole string that was signed. */
  readonly message: Uint8Array;
  /** WeChat's `message`. */
  readonly apiMessage: string;
  readonly detail: unknown;
  /** The Date header of the reply. */
  readonly serverDate: string | null;
}

/** Explains a 401 of WeChat Pay. Shows no more of the body than its first 8 bytes. */
export function explainSignError(refused: RefusedSignature): SignErrorExplanation {
  const signed = shortened(refused.message);
  const ours = partsOf(signed);
  const signedLength = refused.message.byteLength;
  const info = signInformation(refused.detail);
  const shown = { signed, signedLength, server: info?.message, serverLength: info?.length };
  const told = SIGN_ERROR_TEXTS.find(([text]) => text.test(refused.apiMessage))?.[1];
  if (told !== undefined) {
    const before = told === "clock" ? clockText(ours, refused) : "";
    return { ...shown, difference: undefined, causes: [told], text: before + ADVICE[told] };
  }
  const { difference, causes } = compare(ours, signedLength, info);
  const text = [difference ?? agreement(info), ...causes.map((cause) => ADVICE[cause])].join(" ");
  return { ...shown, difference, causes, text };
}

/** The lines of the signed string; the body itself may have line feeds. */
interface SigningString {
  readonly method: string;
  readonly url: string;
  readonly timestamp: string;
  readonly nonce: string;
  /** The first 8 bytes, decoded. */
  readonly bodyStart: string;
}

interface SignInformation {
  readonly message: string;
  readonly length: number | undefined;
}

/** How many bytes of the body the server shows. */
const SHOWN_BODY_BYTES = 8;

/** The signed string with the start of its body. All before the body is ASCII. */
function shortened(message: Uint8Array): string {
  const bodyAt = decode(message).split("\n", 4).join("\n").length + 1;
  const end = Math.min(bodyAt + SHOWN_BODY_BYTES, message.byteLength - 1);
  return `${decode(message.subarray(0, end))}\n`;
}

function partsOf(message: string): SigningString {
  const [method = "", url = "", timestamp = "", nonce = "", ...body] = message.split("\n");
  return { method, url, timestamp, nonce, bodyStart: body.join("\n").replace(/\n$/, "") };
}

/** Documents and real replies nest `issue` differently; `sign_information` is in the same place in both. */
function signInformation(detail: unknown): SignInformation | undefined {
  const info = asObject(asObject(detail)["sign_information"]);
  const { truncated_sign_message: message, sign_message_length: length } = info;
  if (typeof message !== "string" || message.split("\n").length < 5) return undefined;
  const isLength = Number.isInteger(length) && (length as number) >= 0;
  return { message, length: isLength ? (length as number) : undefined };
}

/** The parts in the order in which they are compared, and what a difference means. */
const COMPARED: readonly (readonly [keyof SigningString, what: string, SignErrorCause])[] = [
  ["method", "method", "method-changed"],
  ["url", "path or query", "path-changed"],
  ["timestamp", "timestamp", "authorization-changed"],
  ["nonce", "nonce", "authorization-changed"],
  ["bodyStart", "body", "body-changed"],
];

function compare(
  ours: SigningString,
  length: number,
  info: SignInformation | undefined,
): { difference?: string; causes: readonly SignErrorCause[] } {
  if (info === undefined) {
    return { causes: ["private-key", "body-changed", "path-changed"] };
  }
  const theirs = partsOf(info.message);
  for (const [key, what, cause] of COMPARED) {
    if (whole(theirs[key]) === whole(ours[key])) continue;
    const difference = `The ${what} differs: ${quoted(ours[key])} was signed, the server saw ${quoted(theirs[key])}.`;
    return { difference, causes: [exactly(cause, ours, theirs)] };
  }
  if (info.length !== undefined && info.length !== length) {
    const difference = `The length differs: ${length} bytes were signed, the server saw ${info.length}.`;
    return { difference, causes: ["body-changed"] };
  }
  return { causes: ["private-key", "body-changed"] };
}

/** The cut at 8 bytes may split a character, which each side then shows in its own way. */
function whole(text: string): string {
  return text.replace(/(?<!\ufffd)\ufffd+$/, ""); // the server's may be of any length
}

function exactly(
  cause: SignErrorCause,
  ours: SigningString,
  theirs: SigningString,
): SignErrorCause {
  const path = ({ url }: SigningString): string => url.replace(/\?.*/, "");
  if (cause === "path-changed" && path(ours) === path(theirs)) return "query-changed";
  return cause === "body-changed" && theirs.bodyStart === "" ? "body-missing" : cause;
}

function agreement(info: SignInformation | undefined): string {
  return info === undefined
    ? "The reply does not show what the server saw. Possible causes:"
    : `What the server shows is the same as what was signed${info.length === undefined ? "" : ", and has the same length"}. Possible causes:`;
}

function clockText({ timestamp }: SigningString, { serverDate }: RefusedSignature): string {
  const ours = Number(timestamp);
  const theirs = Math.floor(Date.parse(serverDate ?? "") / 1000);
  const here = `This machine's clock said ${isoTime(ours)}`;
  if (Number.isNaN(theirs)) return `${here}; the reply has no Date header. `;
  const off = ours - theirs;
  return `${here}, the server's says ${isoTime(theirs)}: this machine is ${Math.abs(off)} seconds ${off < 0 ? "slow" : "fast"}. `;
}

function isoTime(seconds: number): string {
  const time = new Date(seconds * 1000); // the option now may count microseconds
  return Number.isNaN(time.getTime()) ? `${seconds} seconds` : time.toISOString();
}

const ADVICE: Readonly<Record<SignErrorCause, string>> = {
  "private-key":
    "privateKey may not belong to serialNo: compare openssl x509 -in apiclient_cert.pem -noout -serial.",
  serial: "serialNo must be the serial number of the merchant API certificate of this mchid.",
  merchant:
    "This mchid has no merchant API certificate: check mchid, or apply for one in the merchant platform.",
  "certificate-expired":
    "The merchant API certificate has expired: renew it, and use the new privateKey and serialNo.",
  "certificate-revoked":
    "The merchant API certificate was revoked: use the new privateKey and serialNo.",
  "certificate-replaced":
    "The merchant API certificate was replaced: use the new privateKey and serialNo.",
  "api-v3-key-unset":
    "The merchant has no APIv3 key yet: set it in the merchant platform under API安全.",
  "body-changed": "Something changed the body on the way: look for a proxy that rewrites it.",
  "body-missing":
    "The server found no body: look for a proxy that rewrites it, or turns meta into a file.",
  "path-changed": "Something changed the path on the way: look for a proxy that rewrites it.",
  "query-changed": "Something changed the query on the way: look for a proxy that rewrites it.",
  "method-changed":
    "Something changed the method on the way: look for a proxy that rewrites it, or a redirect.",
  "authorization-changed":
    "Something changed Authorization on the way: look for a proxy that rewrites it.",
  clock: "Set this machine's clock (NTP): WeChat Pay allows a difference of 5 minutes.",
};

function asObject(value: unknown): JsonObject {
  return typeof value === "object" && value !== null ? (value as JsonObject) : {};
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
}

/** What the server sends back may be of any length. */
const MAX_QUOTED_CHARACTERS = 200;

function quoted(text: string): string {
  return visible(JSON.stringify(text.slice(0, MAX_QUOTED_CHARACTERS)));
}
