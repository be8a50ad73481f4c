import type { MpExchange } from "../exchange.ts";

/** The origin of article addresses for this client. */
export function articleOrigin({ request, mp }: MpExchange): string {
  const { hostname, origin } = request.url;
  const real = hostname === "weixin.qq.com" || hostname.endsWith(".weixin.qq.com");
  // http, as in the published address.
  return mp.options.articleOrigin ?? (real ? "http://mp.weixin.qq.com" : origin);
}
