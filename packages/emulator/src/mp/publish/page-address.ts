import { randomDigits, randomHex } from "../../bytes/random.ts";

/** What tells one article's page from all others. */
export interface PageAddress {
  readonly biz: string;
  readonly mid: string;
  /** From 1. */
  readonly idx: number;
  readonly sn: string;
  readonly chksm: string;
}

/** Base64 of a number of ten digits, as the published one is; the same for all of an account. */
export const newBiz = (): string => btoa(randomDigits(10));

/** Pages of one group of articles, in the shape of the published address. */
export function newPages(biz: string, count: number): PageAddress[] {
  const mid = randomDigits(9);
  return Array.from({ length: count }, (_, at) => ({
    biz,
    mid,
    idx: at + 1,
    sn: randomHex(16),
    chksm: randomHex(36),
  }));
}

/** Path and query. */
export const pagePath = ({ biz, mid, idx, sn, chksm }: PageAddress): string =>
  `/s?__biz=${biz}&mid=${mid}&idx=${idx}&sn=${sn}&chksm=${chksm}`;

/** As the published one ends. */
export const pageUrl = (origin: string, page: PageAddress): string =>
  `${origin}${pagePath(page)}#rd`;
