import type { MpExchange } from "../exchange.ts";

/** What the addresses of articles begin with, for this client. */
export function articleOrigin({ request, mp }: MpExchange): string {
  const { hostname, origin } = request.url;
  const real = hostname === "weixin.qq.com" || hostname.endsWith(".weixin.qq.com");
  // As in the published address: no https.
  return mp.options.articleOrigin ?? (real ? "http://mp.weixin.qq.com" : origin);
}
