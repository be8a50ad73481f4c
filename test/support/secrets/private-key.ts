/**
 * The parts of a private key that no public key has: those of its base64 after the modulus, in pieces
 * as long as a line of PEM.
 */
export function secretPartsOf(base64: string): string[] {
  const lines = base64.match(/.{64}/g) ?? [];
  return lines.length > 8 ? lines.slice(7) : lines.slice(0, 1);
}
