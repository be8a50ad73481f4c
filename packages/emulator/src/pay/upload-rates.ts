import type { PayUploadEndpoint } from "./upload-endpoints.ts";

export interface UploadRates {
  /** Counts a call, unless it goes beyond the rate of the endpoint. */
  take(mchid: string, endpoint: PayUploadEndpoint, now: number): boolean;
}

/** Counts the calls of merchants at endpoints with a rate. */
export function createUploadRates(): UploadRates {
  const taken = new Map<string, number[]>();
  return {
    take(mchid, { kind, rate }, now) {
      if (rate === undefined) return true;
      const key = `${mchid} ${kind}`;
      const recent = (taken.get(key) ?? []).filter((at) => at > now - rate.per && at <= now);
      const isFree = recent.length < rate.calls;
      taken.set(key, isFree ? [...recent, now] : recent);
      return isFree;
    },
  };
}
