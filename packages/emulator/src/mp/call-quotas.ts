import { dayOf } from "../time/day.ts";
import type { SeededAccount } from "./account.ts";

/** Counts calls by account and path. Token calls have limits of their own, others those of the account. */
export interface CallQuotas {
  /** Counts a call, unless the limit of the day or the minute is reached. */
  take(account: SeededAccount, path: string, now: number): "ok" | "daily" | "minute";
}

/** Per day: reported (plain) and documented (stable). */
const DAILY: Readonly<Record<string, number>> = {
  "/cgi-bin/token": 2000,
  "/cgi-bin/stable_token": 500_000,
};
/** Per minute: documented. */
const A_MINUTE: Readonly<Record<string, number>> = { "/cgi-bin/stable_token": 10_000 };

export function createCallQuotas(): CallQuotas {
  const counts = new Map<string, number>();
  return {
    take({ appid, dailyLimits = {}, minuteLimits = {} }, path, now) {
      const minute = `${appid} ${path} minute ${Math.floor(now / 60_000)}`;
      const day = `${appid} ${path} day ${dayOf(now)}`;
      const perMinute = minuteLimits[path] ?? A_MINUTE[path] ?? Infinity;
      if ((counts.get(minute) ?? 0) >= perMinute) return "minute";
      if ((counts.get(day) ?? 0) >= (dailyLimits[path] ?? DAILY[path] ?? Infinity)) return "daily";
      counts.set(day, (counts.get(day) ?? 0) + 1);
      if (perMinute !== Infinity) counts.set(minute, (counts.get(minute) ?? 0) + 1);
      return "ok";
    },
  };
}
