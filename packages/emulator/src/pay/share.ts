/** 0.29 × 100 is 28.999… in floating point. */
const ROUNDING = 1e-9;

/** Returns a function that returns true for this share of its calls, by count, not at random. */
export function createShare(share: number): () => boolean {
  let asked = 0;
  return () => {
    const before = Math.floor(asked * share + ROUNDING);
    asked += 1;
    return Math.floor(asked * share + ROUNDING) > before;
  };
}
