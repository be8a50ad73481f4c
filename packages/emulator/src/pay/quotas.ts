import { dayOf } from "../time/day.ts";
import { createRecentCounts } from "../time/recent-counts.ts";
import type { SeededMerchant } from "./merchants.ts";

export interface Quotas {
  /** Counts a request of the second and, if that is allowed, an upload of the day. */
  take(merchant: SeededMerchant, now: number): "ok" | "too-fast" | "daily";
  /** Uncounts an upload that failed (assumed). */
  giveBack(merchant: SeededMerchant, now: number): void;
}

export function createQuotas(): Quotas {
  const seconds = createRecentCounts();
  const days = createRecentCounts();
  return {
    take(merchant, now) {
      const { mchid, perSecondLimit = Infinity, dailyLimit = Infinity } = merchant;
      const second = Math.floor(now / 1000);
      if (seconds.get(second, mchid) >= perSecondLimit) return "too-fast";
      if (perSecondLimit !== Infinity) seconds.add(second, mchid);
      const day = dayOf(now);
      if (days.get(day, mchid) >= dailyLimit) return "daily";
      days.add(day, mchid);
      return "ok";
    },
    giveBack(merchant, now) {
      days.add(dayOf(now), merchant.mchid, -1);
    },
  };
}
