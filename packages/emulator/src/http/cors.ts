const EXPOSED =
  "Content-Disposition, Content-Length, Date, Request-ID, Retry-After, Wechatpay-Nonce, Wechatpay-Serial, Wechatpay-Signature, Wechatpay-Signature-Type, Wechatpay-Timestamp";

/** Allows pages of any origin to read a reply. */
export function openToPages(headers: Headers): void {
  headers.set("access-control-allow-origin", "*");
  headers.set("access-control-expose-headers", EXPOSED);
}

/** The answer to a preflight request for these headers. */
export const preflightHeaders = (requested: string | undefined): Record<string, string> => ({
  "access-control-allow-origin": "*",
  "access-control-allow-methods": "GET, POST",
  // Listed, as * does not cover Authorization.
  "access-control-allow-headers": requested ?? "*",
  "access-control-max-age": "600",
  vary: "Access-Control-Request-Headers",
});
