import type { Scheme } from "./scheme.ts";

export interface Authorization {
  /** mchid, or brand_id with the scheme of a brand. */
  id: string;
  nonce: string;
  timestamp: string;
  serialNo: string;
  signature: string;
}

const ID_KEYS: Readonly<Record<Scheme, string>> = {
  "WECHATPAY2-SHA256-RSA2048": "mchid",
  "WECHATPAY-BRAND-SHA256-RSA2048": "brand_id",
};
const KEYS = ["nonce_str", "timestamp", "serial_no", "signature"] as const;

/** Returns "scheme" or "format" if that is wrong. */
export function parseAuthorization(
  header: string | null,
  scheme: Scheme,
): Authorization | "scheme" | "format" {
  if (header === null) return "format";
  const blank = header.indexOf(" ");
  if ((blank < 0 ? header : header.slice(0, blank)) !== scheme) return "scheme";
  const values = new Map<string, string>();
  // The keys may come in any order, with or without blanks after the commas: the SDKs differ.
  for (const pair of header
    .slice(scheme.length)
    .trim()
    .split(/,[ \t]*/)) {
    const match = /^([a-z_]+)="([^"]*)"$/.exec(pair);
    if (match?.[1] === undefined || match[2] === undefined || values.has(match[1])) return "format";
    values.set(match[1], match[2]);
  }
  const read = [ID_KEYS[scheme], ...KEYS].map((key) => values.get(key) ?? "");
  const [id = "", nonce = "", timestamp = "", serialNo = "", signature = ""] = read;
  if (read.includes("") || !/^\d{1,12}$/.test(timestamp) || nonce.length > 32) return "format";
  return { id, nonce, timestamp, serialNo, signature };
}
