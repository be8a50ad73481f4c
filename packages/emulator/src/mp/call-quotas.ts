import { dayOf, monthOf } from "../time/day.ts";
import { createRecentCounts } from "../time/recent-counts.ts";
import type { SeededAccount } from "./account.ts";

/** Counts calls by account and path. Token calls have limits of their own, others those of the account. */
export interface CallQuotas {
  /** Counts a call, unless the limit of the day or the minute is reached. */
  take(account: SeededAccount, path: string, now: number): "ok" | "daily" | "minute";
  /** The calls of the day, and how many are allowed; undefined without a limit. */
  ofToday(
    account: SeededAccount,
    path: string,
    now: number,
  ): { used: number; daily: number | undefined; minutely: number | undefined };
  /** Sets the calls of the day to 0; false if that was done ten times in the month. */
  clear(account: SeededAccount, now: number): boolean;
  /** Sets the calls of the day to one path to 0; false if that was done fifty times in the month. */
  clearPath(account: SeededAccount, path: string, now: number): boolean;
}

/** Per day: reported (plain) and documented (stable). */
const DAILY: Readonly<Record<string, number>> = {
  "/cgi-bin/token": 2000,
  "/cgi-bin/stable_token": 500_000,
};
/** Per minute: documented. */
const A_MINUTE: Readonly<Record<string, number>> = { "/cgi-bin/stable_token": 10_000 };
/** Documented, for both calls that clear. */
const CLEARS_A_MONTH = 10;
/** Documented, for the call that clears one path. That the two do not count for each other is assumed. */
const PATH_CLEARS_A_MONTH = 50;

export function createCallQuotas(): CallQuotas {
  const minutes = createRecentCounts();
  const days = createRecentCounts();
  const months = createRecentCounts();
  const keyOf = (appid: string, path: string): string => `${appid} ${path}`;
  const perDay = ({ dailyLimits = {} }: SeededAccount, path: string) =>
    dailyLimits[path] ?? DAILY[path];
  return {
    take(account, path, now) {
      const { appid, minuteLimits = {} } = account;
      const key = keyOf(appid, path);
      const [minute, day] = [Math.floor(now / 60_000), dayOf(now)];
      const perMinute = minuteLimits[path] ?? A_MINUTE[path] ?? Infinity;
      if (minutes.get(minute, key) >= perMinute) return "minute";
      if (days.get(day, key) >= (perDay(account, path) ?? Infinity)) return "daily";
      days.add(day, key);
      if (perMinute !== Infinity) minutes.add(minute, key);
      return "ok";
    },
    ofToday: (account, path, now) => ({
      used: days.get(dayOf(now), keyOf(account.appid, path)),
      daily: perDay(account, path),
      minutely: account.minuteLimits?.[path] ?? A_MINUTE[path],
    }),
    clear({ appid }, now) {
      const month = monthOf(now);
      if (months.get(month, appid) >= CLEARS_A_MONTH) return false;
      days.clear(dayOf(now), (key) => key.startsWith(keyOf(appid, "")));
      months.add(month, appid);
      return true;
    },
    clearPath({ appid }, path, now) {
      const month = monthOf(now);
      const key = `${appid} a path`;
      if (months.get(month, key) >= PATH_CLEARS_A_MONTH) return false;
      days.clear(dayOf(now), (one) => one === keyOf(appid, path));
      months.add(month, key);
      return true;
    },
  };
}
