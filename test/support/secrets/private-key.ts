/** The part of a private key, by its base64, that is in no public key: what follows the modulus. */
export function secretPartOf(base64: string): string {
  return base64.slice(base64.length > 512 ? 448 : 0).replace(/=+$/, "");
}
