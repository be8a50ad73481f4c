import { shown } from "../../given.ts";
import { KeyError } from "../errors.ts";
import type { CertificateData } from "./certificate-data.ts";

/**
 * The common name of the CA that issues WeChat Pay's certificates, which its documents say to compare.
 *
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012072597
 */
export const TENPAY = "Tenpay.com Root CA";

/** WeChat Pay lists a certificate a day before it signs with it, so this is for clocks alone. */
const MAX_SLOW_MS = 300_000;

/** Whether a key may be used at a time: a public key always, a certificate by its own dates. */
export function isCurrent(
  { certificate }: { readonly certificate?: CertificateData | undefined },
  now: number,
): boolean {
  // Not the other way round: a date that cannot be read is NaN.
  return (
    certificate === undefined || (certificate.from <= now + MAX_SLOW_MS && now <= certificate.until)
  );
}

/** Why a certificate does not count at this time, for a message: "… a certificate that …". */
export function whyNotCurrent({ from, until }: CertificateData, now: number): string {
  if (Number.isNaN(from + until)) return "has dates that cannot be read";
  const [word, time] = now > until ? ["expired on", until] : ["is not valid before", from];
  const clock = `this machine's clock says ${new Date(now).toISOString()}`;
  return `${word} ${new Date(time).toISOString()} (${clock})`;
}

/** Throws KeyError unless a certificate was issued by the CA of that name, and not by itself. */
export function checkIssuer(
  what: string,
  { issuer, isSelfIssued }: CertificateData,
  wanted: string,
): void {
  if (isSelfIssued) throw selfSigned(what);
  if (issuer === wanted) return;
  throw new KeyError(
    `${what} is a certificate issued by ${JSON.stringify(issuer.slice(0, 64))}, not by ${shown(wanted)}. Pass WeChat Pay's platform certificate; if another CA issues yours, pass its name as certificateIssuer.`,
  );
}

/** The error for a certificate that anybody could have made. */
export function selfSigned(what: string): KeyError {
  return new KeyError(
    `${what} is a certificate that is signed with its own key, which anybody can make. Pass WeChat Pay's public key (pub_key.pem) or platform certificate.`,
  );
}
