import { SHANGHAI_OFFSET_MS } from "../time/day.ts";

/** A time as WeChat writes it: 2018-06-08T10:34:56+08:00. */
export const rfc3339 = (ms: number): string =>
  `${new Date(ms + SHANGHAI_OFFSET_MS).toISOString().slice(0, -5)}+08:00`;
