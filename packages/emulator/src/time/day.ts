/** Asia/Shanghai, where a day of a quota is a day (assumed); without summer time since 1991. */
export const SHANGHAI_OFFSET_MS: number = 8 * 3600_000;
const DAY_MS = 24 * 3600_000;

/** The number of the day in Asia/Shanghai. */
export const dayOf = (ms: number): number => Math.floor((ms + SHANGHAI_OFFSET_MS) / DAY_MS);

/** The month in Asia/Shanghai, such as 2026-11. */
export const monthOf = (ms: number): string =>
  new Date(ms + SHANGHAI_OFFSET_MS).toISOString().slice(0, "2026-11".length);
