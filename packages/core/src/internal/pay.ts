// What packages of WeChat Pay build on. It changes without notice: applications use the main entry.

export { type PayParts, payParts } from "../pay/client.ts";
export { type PayExchange, payExchange } from "../pay/exchange.ts";
export { checkPayPath } from "../pay/path.ts";
export { payReplyObject } from "../pay/reply.ts";
