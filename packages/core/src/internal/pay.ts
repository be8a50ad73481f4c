// For the packages of WeChat Pay. May change in any version: applications use the main entry.

export { type PayParts, payParts } from "../pay/client.ts";
export { type PayExchange, payExchange } from "../pay/exchange.ts";
export { checkPayPath } from "../pay/path.ts";
export { payReplyObject } from "../pay/reply.ts";
