import { randomText } from "../../bytes/random.ts";

/** Documented since 2024; 30 seconds before. */
const LIFETIME_MS = 5 * 60_000;
const TOKEN_CHARACTERS = 64;

/** A bill that may be downloaded. */
export interface OfferedBill {
  mchid: string;
  bytes: Uint8Array;
  gzip: boolean;
}

/** The bills by the token of their download_url. */
export interface BillAddresses {
  /** Returns the token. */
  offer(bill: OfferedBill, now: number): string;
  /** Returns undefined for an unknown or expired token. */
  find(token: string, now: number): OfferedBill | undefined;
  /** Drops the bills whose token has expired. */
  forgetExpired(now: number): void;
}

export function createBillAddresses(): BillAddresses {
  const offered = new Map<string, OfferedBill & { until: number }>();
  return {
    forgetExpired(now) {
      for (const [token, { until }] of offered) if (now > until) offered.delete(token);
    },
    offer(bill, now) {
      const token = randomText(TOKEN_CHARACTERS);
      offered.set(token, { ...bill, until: now + LIFETIME_MS });
      return token;
    },
    find(token, now) {
      const bill = offered.get(token);
      return bill !== undefined && now <= bill.until ? bill : undefined;
    },
  };
}
