import { expect, it } from "vitest";

/** Collects bytes that were announced: the library and the emulator each have their own. */
type Arriving = (announced: number) => {
  readonly add: (piece: Uint8Array) => void;
  readonly whole: () => Uint8Array;
};

const ANNOUNCED = 32 * 1024 * 1024;

/** That what comes is whole, and takes no more memory than it needs. */
export function arrivingBytesContract(arriving: Arriving): void {
  it.each([0, 1, 65_535, 65_536, 65_537, 1_000_000])("%d are whole, in any pieces", (length) => {
    const bytes = Uint8Array.from({ length }, (_, at) => at * 7);
    for (const piece of [1000, 65_536, 1_000_000]) {
      for (const most of [length, ANNOUNCED]) {
        const come = arriving(most);
        for (let at = 0; at < length; at += piece) come.add(bytes.subarray(at, at + piece));
        expect(Buffer.compare(come.whole(), bytes)).toBe(0);
        expect(come.whole().buffer.byteLength).toBeLessThanOrEqual(Math.max(length, 65_536));
      }
    }
  });
}
