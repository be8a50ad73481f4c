/** How a request and its reply are signed. */
export type Scheme = "WECHATPAY2-SHA256-RSA2048" | "WECHATPAY-BRAND-SHA256-RSA2048";

/** Documented: paths below /brand/ take a brand's signature, all others a merchant's. */
export const schemeOf = (path: string): Scheme =>
  path.startsWith("/brand/") ? "WECHATPAY-BRAND-SHA256-RSA2048" : "WECHATPAY2-SHA256-RSA2048";

export const isBrand = (scheme: Scheme): boolean => scheme === "WECHATPAY-BRAND-SHA256-RSA2048";
