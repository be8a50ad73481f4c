// For the packages of WeChat Pay. May change in any version: applications use the main entry.

export { type PayParts, payParts } from "../pay/client.ts";
export { type PayExchange, payExchange } from "../pay/exchange.ts";
export { openPayFile, readWhole } from "../pay/open.ts";
export { checkPayPath, pathOnTheWire } from "../pay/path.ts";
export { payReplyError, payReplyObject, requestIdOf } from "../pay/reply.ts";
export { withQuery } from "../pay/request.ts";
