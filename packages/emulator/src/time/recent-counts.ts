/** Counts of a period, such as a day, by key. Those of the periods before are forgotten. */
export interface RecentCounts {
  get: (period: number | string, key: string) => number;
  add: (period: number | string, key: string, by?: number) => void;
  /** Forgets the keys of the period that match. */
  clear: (period: number | string, matches: (key: string) => boolean) => void;
}

/** How many periods are kept: a test may set the clock back. */
const MAX_PERIODS = 10;

export function createRecentCounts(): RecentCounts {
  const periods = new Map<number | string, Map<string, number>>();
  return {
    get: (period, key) => periods.get(period)?.get(key) ?? 0,
    add(period, key, by = 1) {
      const counts = periods.get(period) ?? new Map<string, number>();
      counts.set(key, (counts.get(key) ?? 0) + by);
      periods.set(period, counts);
      const [oldest] = periods.keys();
      if (periods.size > MAX_PERIODS && oldest !== undefined) periods.delete(oldest);
    },
    clear(period, matches) {
      const counts = periods.get(period);
      for (const key of counts?.keys() ?? []) if (matches(key)) counts?.delete(key);
    },
  };
}
