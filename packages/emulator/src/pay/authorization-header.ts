export interface Authorization {
  mchid: string;
  nonce: string;
  timestamp: string;
  serialNo: string;
  signature: string;
}

const SCHEME = "WECHATPAY2-SHA256-RSA2048";
const KEYS = ["mchid", "nonce_str", "timestamp", "serial_no", "signature"] as const;

/** Returns "scheme" or "format" if that is wrong. */
export function parseAuthorization(header: string | null): Authorization | "scheme" | "format" {
  if (header === null) return "format";
  const blank = header.indexOf(" ");
  const scheme = blank < 0 ? header : header.slice(0, blank);
  if (scheme !== SCHEME) return "scheme";
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
  const read = KEYS.map((key) => values.get(key) ?? "");
  const [mchid = "", nonce = "", timestamp = "", serialNo = "", signature = ""] = read;
  if (read.includes("") || !/^\d{1,12}$/.test(timestamp) || nonce.length > 32) return "format";
  return { mchid, nonce, timestamp, serialNo, signature };
}
