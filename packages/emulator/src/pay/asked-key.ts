import type { PayExchange } from "./exchange.ts";

/** The platform key that Wechatpay-Serial names; an empty one names none, as gopay sends it. */
export const askedKeyId = ({ request }: PayExchange): string | null =>
  request.headers.get("wechatpay-serial")?.trim() || null;
