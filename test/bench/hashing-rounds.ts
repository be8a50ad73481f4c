// SHA-1 several ways, side by side. Runs in Node and, bundled, in a page.

export interface Contender {
  readonly name: string;
  /** The digest of the pieces in their order, as lower-case hex. */
  readonly hash: (pieces: readonly Uint8Array<ArrayBuffer>[]) => Promise<string>;
}

export interface Measurement {
  readonly name: string;
  readonly digest: string;
  /** MB (10⁶ bytes) a second, one number a round. */
  readonly rates: number[];
}

const PIECE_BYTES = 1024 * 1024;

/** An incremental hash, as every library has it. */
export interface Incremental {
  update(bytes: Uint8Array): unknown;
  digest(): Uint8Array | Promise<Uint8Array>;
}

/** A contender that starts an incremental hash and feeds it. */
export function incremental(name: string, start: () => Incremental): Contender {
  return {
    name,
    async hash(pieces) {
      const hash = start();
      for (const piece of pieces) await hash.update(piece);
      return hex(await hash.digest());
    },
  };
}

/** WebCrypto, one digest for each piece: what blocks of a video take. Its digest is that of the last. */
export const subtlePerPiece: Contender = {
  name: "subtle, each MiB",
  async hash(pieces) {
    let last = new ArrayBuffer(0);
    for (const piece of pieces) last = await crypto.subtle.digest("SHA-1", piece);
    return hex(new Uint8Array(last));
  },
};

/** The same bytes in every runtime, in pieces of 1 MiB; no two pieces alike. */
export function makePieces(mebibytes: number): Uint8Array<ArrayBuffer>[] {
  return Array.from({ length: mebibytes }, (_, n) => {
    const piece = new Uint8Array(PIECE_BYTES);
    for (let i = 0; i < piece.length; i++) piece[i] = (i * 31 + (i >> 8) * 7 + n) & 255;
    return piece;
  });
}

/** Rounds are interleaved, so that a noisy machine disturbs all alike; the first is not counted. */
export async function measureRounds(
  contenders: readonly Contender[],
  pieces: readonly Uint8Array<ArrayBuffer>[],
  rounds: number,
): Promise<Measurement[]> {
  const measurements: Measurement[] = [];
  for (const { name, hash } of contenders) {
    measurements.push({ name, digest: await hash(pieces), rates: [] });
  }
  const megabytes = (pieces.length * PIECE_BYTES) / 1e6;
  for (let round = 0; round < rounds; round++) {
    for (const [i, { hash }] of contenders.entries()) {
      const started = performance.now();
      await hash(pieces);
      measurements[i]?.rates.push((megabytes * 1000) / (performance.now() - started));
    }
  }
  return measurements;
}

/** Of an odd number of values the one in the middle. */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
