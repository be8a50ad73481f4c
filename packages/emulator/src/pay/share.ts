/** 0.29 × 100 is 28.999… in floating point. */
const ROUNDING = 1e-9;

/** Says yes for this share of the times it is asked, by count and not by chance. */
export function createShare(share: number): () => boolean {
  let asked = 0;
  return () => {
    const before = Math.floor(asked * share + ROUNDING);
    asked += 1;
    return Math.floor(asked * share + ROUNDING) > before;
  };
}
