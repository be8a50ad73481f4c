import { encodeHex } from "../../bytes/hex.ts";
import { type Der, partsOf } from "./der.ts";

/** What a certificate says of itself (RFC 5280), beside its key. */
export interface CertificateData {
  /** Common name of who issued it; several are joined, so that none of them counts. */
  readonly issuer: string;
  /** Whether it names itself as who issued it. */
  readonly isSelfIssued: boolean;
  /** Start and end of its validity in milliseconds since 1970; NaN if they cannot be read. */
  readonly from: number;
  readonly until: number;
  /** The bytes that its signature covers. */
  readonly signed: Uint8Array<ArrayBuffer>;
  readonly signature: Uint8Array<ArrayBuffer>;
}

/** Reads a certificate from its body, the fields of that from the issuer on, and its signature. */
export function certificateData(
  body: Der,
  [issuer, validity, subject]: readonly [Der, Der, Der],
  signature: Der | undefined,
): CertificateData {
  const [from, until] = partsOf(validity).map(timeOf);
  return {
    issuer: commonName(issuer),
    isSelfIssued: encodeHex(issuer.content) === encodeHex(subject.content),
    from: from ?? Number.NaN,
    until: until ?? Number.NaN,
    signed: new Uint8Array(body.bytes),
    signature: new Uint8Array(signature?.content ?? []).subarray(1), // after the count of unused bits
  };
}

const COMMON_NAME = "550403";

function commonName(name: Der): string {
  return partsOf(name)
    .flatMap(partsOf)
    .map(partsOf)
    .filter(([oid]) => oid !== undefined && encodeHex(oid.content) === COMMON_NAME)
    .map(([, value]) => new TextDecoder().decode(value?.content))
    .join();
}

/** UTCTime or GeneralizedTime, in the one form that certificates may have. */
function timeOf({ tag, content }: Der): number {
  const digits = new TextDecoder().decode(content);
  const century = tag === 0x17 ? (digits < "5" ? "20" : "19") : "";
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(century + digits);
  if (parts === null) return Number.NaN;
  const [, year, month, day, hour, minute, second] = parts;
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}
