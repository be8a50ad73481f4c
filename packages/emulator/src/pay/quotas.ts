import { dayOf } from "../time/day.ts";
import type { SeededMerchant } from "./merchants.ts";

export interface Quotas {
  /** Counts a request of the second and, if that is allowed, an upload of the day. */
  take(merchant: SeededMerchant, now: number): "ok" | "too-fast" | "daily";
  /** Uncounts an upload that failed (assumed). */
  giveBack(merchant: SeededMerchant, now: number): void;
}

export function createQuotas(): Quotas {
  const counts = new Map<string, number>();
  const dayKey = (mchid: string, now: number): string => `${mchid} day ${dayOf(now)}`;
  const count = (key: string, by: number): void => {
    counts.set(key, (counts.get(key) ?? 0) + by);
  };
  return {
    take(merchant, now) {
      const { mchid, perSecondLimit = Infinity, dailyLimit = Infinity } = merchant;
      const second = `${mchid} second ${Math.floor(now / 1000)}`;
      if ((counts.get(second) ?? 0) >= perSecondLimit) return "too-fast";
      if (perSecondLimit !== Infinity) count(second, 1);
      const day = dayKey(mchid, now);
      if ((counts.get(day) ?? 0) >= dailyLimit) return "daily";
      count(day, 1);
      return "ok";
    },
    giveBack(merchant, now) {
      count(dayKey(merchant.mchid, now), -1);
    },
  };
}
