import { SIGN_ERROR_TEXTS } from "./wire-texts.ts";

/** What may have caused a 401; the name says what to check. */
export type SignErrorCause =
  | "private-key"
  | "serial"
  | "merchant"
  | "certificate-expired"
  | "certificate-revoked"
  | "certificate-replaced"
  | "api-v3-key-unset"
  | "body-changed"
  | "body-missing"
  | "path-changed"
  | "query-changed"
  | "method-changed"
  | "authorization-changed"
  | "clock";

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
  const ours = splitMessage(refused.message);
  const info = signInformation(refused.detail);
  const shown = {
    signed: shorten(ours),
    signedLength: refused.message.byteLength,
    server: info?.message,
    serverLength: info?.length,
  };
  const told = SIGN_ERROR_TEXTS.find(([text]) => refused.apiMessage.includes(text))?.[1];
  if (told === "clock") {
    return { ...shown, difference: undefined, causes: [told], text: clockText(ours, refused) };
  }
  if (told !== undefined) {
    return { ...shown, difference: undefined, causes: [told], text: ADVICE[told] };
  }
  const { difference, causes } = compare(ours, refused.message.byteLength, info);
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

function splitMessage(message: Uint8Array): SigningString {
  let start = 0;
  const lines = Array.from({ length: 4 }, () => {
    const end = message.indexOf(0x0a, start);
    const line = decode(message.subarray(start, end));
    start = end + 1;
    return line;
  });
  const [method = "", url = "", timestamp = "", nonce = ""] = lines;
  const body = message.subarray(start, message.byteLength - 1);
  return { method, url, timestamp, nonce, bodyStart: decode(body.subarray(0, SHOWN_BODY_BYTES)) };
}

function splitText(message: string): SigningString {
  const [method = "", url = "", timestamp = "", nonce = "", ...body] = message.split("\n");
  return { method, url, timestamp, nonce, bodyStart: body.join("\n").replace(/\n$/, "") };
}

function shorten({ method, url, timestamp, nonce, bodyStart }: SigningString): string {
  return `${method}\n${url}\n${timestamp}\n${nonce}\n${bodyStart}\n`;
}

/** Documents and real replies nest `issue` differently; `sign_information` is in the same place in both. */
function signInformation(detail: unknown): SignInformation | undefined {
  const info = asObject(asObject(detail)?.["sign_information"]);
  const message = info?.["truncated_sign_message"];
  const length = info?.["sign_message_length"];
  if (typeof message !== "string" || message.split("\n").length < 5) return undefined;
  const isLength = typeof length === "number" && Number.isInteger(length) && length >= 0;
  return { message, length: isLength ? length : undefined };
}

function compare(
  ours: SigningString,
  length: number,
  info: SignInformation | undefined,
): { difference: string | undefined; causes: readonly SignErrorCause[] } {
  if (info === undefined) {
    const causes: SignErrorCause[] = ["private-key", "body-changed", "path-changed"];
    return { difference: undefined, causes };
  }
  const theirs = splitText(info.message);
  const differs = (what: string, key: keyof SigningString): string =>
    `The ${what} differs: ${quoted(ours[key])} was signed, the server saw ${quoted(theirs[key])}.`;
  if (theirs.method !== ours.method) {
    return { difference: differs("method", "method"), causes: ["method-changed"] };
  }
  if (theirs.url !== ours.url) {
    const [path = ""] = ours.url.split("?");
    const cause = theirs.url.split("?")[0] === path ? "query-changed" : "path-changed";
    return { difference: differs("path or query", "url"), causes: [cause] };
  }
  if (theirs.timestamp !== ours.timestamp) {
    return { difference: differs("timestamp", "timestamp"), causes: ["authorization-changed"] };
  }
  if (theirs.nonce !== ours.nonce) {
    return { difference: differs("nonce", "nonce"), causes: ["authorization-changed"] };
  }
  if (theirs.bodyStart === "" && ours.bodyStart !== "") {
    return { difference: differs("body", "bodyStart"), causes: ["body-missing"] };
  }
  if (!sameStart(ours.bodyStart, theirs.bodyStart)) {
    return { difference: differs("body", "bodyStart"), causes: ["body-changed"] };
  }
  if (info.length !== undefined && info.length !== length) {
    const difference = `The length differs: ${length} bytes were signed, the server saw ${info.length}.`;
    return { difference, causes: ["body-changed"] };
  }
  return { difference: undefined, causes: ["private-key", "body-changed"] };
}

/** The cut at 8 bytes may split a character, which each side then shows in its own way. */
function sameStart(ours: string, theirs: string): boolean {
  // The server's may be of any length.
  const whole = (text: string): string => text.slice(0, 40).replace(/\ufffd+$/, "");
  return whole(ours) === whole(theirs);
}

function agreement(info: SignInformation | undefined): string {
  return info === undefined
    ? "The reply does not show what the server verified. Possible causes:"
    : `What the server shows is the same as what was signed${info.length === undefined ? "" : ", and has the same length"}. Possible causes:`;
}

function clockText({ timestamp }: SigningString, { serverDate }: RefusedSignature): string {
  const ours = Number(timestamp);
  const theirs = Math.floor(Date.parse(serverDate ?? "") / 1000);
  const here = `This machine's clock said ${isoTime(ours)}`;
  if (Number.isNaN(theirs))
    return `${here}; the reply has no Date header to compare it with. ${ADVICE.clock}`;
  const off = ours - theirs;
  return `${here}, the server's says ${isoTime(theirs)}: this machine is ${Math.abs(off)} seconds ${off < 0 ? "slow" : "fast"}. ${ADVICE.clock}`;
}

function isoTime(seconds: number): string {
  const time = new Date(seconds * 1000); // the option now may count microseconds
  return Number.isNaN(time.getTime()) ? `${seconds} seconds` : time.toISOString();
}

const ADVICE: Readonly<Record<SignErrorCause, string>> = {
  "private-key":
    "privateKey may not belong to serialNo: compare it with openssl x509 -in apiclient_cert.pem -noout -serial.",
  serial:
    "serialNo must be the serial number of the API certificate of this mchid, not of a platform certificate.",
  merchant:
    "WeChat Pay has no API certificate of this mchid: check mchid, or apply for the certificate in the merchant platform.",
  "certificate-expired":
    "The merchant API certificate has expired: renew it, then use the new privateKey and serialNo.",
  "certificate-revoked":
    "The merchant API certificate was revoked: use the privateKey and serialNo of the current one.",
  "certificate-replaced":
    "The merchant API certificate was replaced: use the new privateKey and serialNo.",
  "api-v3-key-unset":
    "The merchant has not set an APIv3 key yet: set it in the merchant platform under API安全.",
  "body-changed": "Something changed the body on the way: look for a proxy that rewrites JSON.",
  "body-missing":
    "The server found no body: a proxy dropped it, or turned the meta part into a file.",
  "path-changed":
    "Something changed the path on the way: look for a proxy that adds to it, strips or decodes it.",
  "query-changed":
    "Something changed the query on the way: look for a proxy that encodes or sorts it again.",
  "method-changed": "Something changed the method on the way: look for a proxy or a redirect.",
  "authorization-changed":
    "Something changed the Authorization header on the way: look for a proxy.",
  clock: "Synchronise this machine's clock (NTP): WeChat Pay allows a difference of 5 minutes.",
};

function asObject(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === "object" && value !== null
    ? (value as Record<string, unknown>)
    : undefined;
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
}

/** What the server sends back may be of any length. */
const MAX_QUOTED_CHARACTERS = 200;

function quoted(text: string): string {
  return JSON.stringify(text.slice(0, MAX_QUOTED_CHARACTERS));
}
