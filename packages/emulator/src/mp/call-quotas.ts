import { dayOf, monthOf } from "../time/day.ts";
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
  const counts = new Map<string, number>();
  const dayKey = (appid: string, now: number, path: string): string =>
    `${appid} day ${dayOf(now)} ${path}`;
  const perDay = ({ dailyLimits = {} }: SeededAccount, path: string) =>
    dailyLimits[path] ?? DAILY[path];
  return {
    take(account, path, now) {
      const { appid, minuteLimits = {} } = account;
      const minute = `${appid} ${path} minute ${Math.floor(now / 60_000)}`;
      const day = dayKey(appid, now, path);
      const perMinute = minuteLimits[path] ?? A_MINUTE[path] ?? Infinity;
      if ((counts.get(minute) ?? 0) >= perMinute) return "minute";
      if ((counts.get(day) ?? 0) >= (perDay(account, path) ?? Infinity)) return "daily";
      counts.set(day, (counts.get(day) ?? 0) + 1);
      if (perMinute !== Infinity) counts.set(minute, (counts.get(minute) ?? 0) + 1);
      return "ok";
    },
    ofToday: (account, path, now) => ({
      used: counts.get(dayKey(account.appid, now, path)) ?? 0,
      daily: perDay(account, path),
      minutely: account.minuteLimits?.[path] ?? A_MINUTE[path],
    }),
    clear({ appid }, now) {
      const month = `${appid} cleared in ${monthOf(now)}`;
      const cleared = counts.get(month) ?? 0;
      if (cleared >= CLEARS_A_MONTH) return false;
      const day = dayKey(appid, now, "");
      for (const key of counts.keys()) if (key.startsWith(day)) counts.delete(key);
      counts.set(month, cleared + 1);
      return true;
    },
    clearPath({ appid }, path, now) {
      const month = `${appid} cleared a path in ${monthOf(now)}`;
      const cleared = counts.get(month) ?? 0;
      if (cleared >= PATH_CLEARS_A_MONTH) return false;
      counts.delete(dayKey(appid, now, path));
      counts.set(month, cleared + 1);
      return true;
    },
  };
}
