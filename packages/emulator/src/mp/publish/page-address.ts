import { randomDigits, randomHex } from "../../bytes/random.ts";

/** The parameters in the address of an article. */
export interface PageAddress {
  readonly biz: string;
  readonly mid: string;
  /** From 1. */
  readonly idx: number;
  readonly sn: string;
  readonly chksm: string;
}

/** As published: base64 of a number of ten digits, the same for all articles of an account. */
export const newBiz = (): string => btoa(randomDigits(10));

/** Addresses for the articles of one message, in the published form. */
export function newPages(biz: string, count: number, mid: string = randomDigits(9)): PageAddress[] {
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

/** The address, ending as the published one. */
export const pageUrl = (origin: string, page: PageAddress): string =>
  `${origin}${pagePath(page)}#rd`;
