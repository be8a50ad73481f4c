import { dayOf } from "../time/day.ts";
import type { SeededAccount } from "./account.ts";

/** Calls counted by account and path; tokens have limits of their own, all else by `dailyLimits`. */
export interface CallQuotas {
  /** Counts one call, unless the day or the minute is exhausted. */
  take(account: SeededAccount, path: string, now: number): "ok" | "daily" | "minute";
}

/** Reported (plain) and documented (stable). */
const DAILY: Readonly<Record<string, number>> = {
  "/cgi-bin/token": 2000,
  "/cgi-bin/stable_token": 500_000,
};
/** Documented. */
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
