import { encodeHex } from "../../bytes/hex.ts";
import { KeyError } from "../errors.ts";
import { type Der, partsOf, readDer } from "./der.ts";

export const MIN_MODULUS_BITS = 2048;

/** The numbers of a public key. */
export interface RsaNumbers {
  readonly modulus: bigint;
  readonly exponent: bigint;
}

/** Reads the numbers of a key, public (SPKI) or private (PKCS#8); undefined if they are not there. */
export function rsaNumbers(der: Uint8Array, isPublic: boolean): RsaNumbers | undefined {
  const outer = readDer(der);
  const [first, second, third] = outer === undefined ? [] : partsOf(outer);
  const key = isPublic ? second?.content.subarray(1) : first && third?.content;
  const inner = key && readDer(key);
  const [modulus, exponent] = (inner ? partsOf(inner) : []).slice(isPublic ? 0 : 1).map(numberOf);
  return modulus === undefined || exponent === undefined ? undefined : { modulus, exponent };
}

/** A number that is not negative; undefined for anything else. */
function numberOf({ tag, content }: Der): bigint | undefined {
  const [first] = content;
  return tag === 0x02 && first !== undefined && first < 0x80
    ? BigInt(`0x${encodeHex(content)}`)
    : undefined;
}

/** Reads the numbers of a CryptoKey, which shows of its modulus the length alone. */
export function cryptoKeyNumbers({
  modulusLength,
  publicExponent,
}: {
  readonly modulusLength: number;
  readonly publicExponent: Uint8Array;
}): RsaNumbers {
  return {
    modulus: (1n << BigInt(modulusLength)) - 1n,
    exponent: BigInt(`0x${encodeHex(publicExponent)}`),
  };
}

/**
 * Throws KeyError for a key that is short, or whose signatures anybody can make (exponent 1) or nobody (even numbers).
 */
export function checkNumbers({ modulus, exponent }: RsaNumbers, what: string): void {
  const bits = bitsOf(modulus);
  if (bits < MIN_MODULUS_BITS) {
    throw new KeyError(
      `${what} is an RSA key of ${bits} bits; it must have at least ${MIN_MODULUS_BITS}.`,
    );
  }
  const isOdd = modulus % 2n === 1n && exponent % 2n === 1n;
  if (isOdd && exponent > 1n && exponent < modulus) return;
  const size = bitsOf(exponent);
  throw new KeyError(
    `${what} is no RSA key that proves anything: its exponent ${size > 64 ? `has ${size} bits` : `is ${exponent}`}, its modulus ${modulus % 2n === 1n ? "odd" : "even"}. Both must be odd, and the exponent more than 1 and less than the modulus. Pass the file from the merchant platform.`,
  );
}

function bitsOf(number: bigint): number {
  return number === 0n ? 0 : number.toString(2).length;
}
