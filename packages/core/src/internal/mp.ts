// For the packages of the Official Account. May change in any version: applications use the main entry.

export { advising } from "../mp/advising.ts";
export { ARTICLE_ADVICE } from "../mp/article-errcodes.ts";
export { type MpCall, mpRequestOf, reportAttempt } from "../mp/call.ts";
export { type MpParts, mpParts } from "../mp/client.ts";
export { TOO_FAST } from "../mp/errcodes.ts";
export { withAdvice } from "../mp/errors.ts";
export { mpExchange, type RepeatRule, withToken } from "../mp/exchange.ts";
export { parseMpObject as parseObject } from "../mp/json.ts";
export { jsonBody } from "../mp/json-body.ts";
export { checkAcknowledged, onlyOnce } from "../mp/once.ts";
export { type Secrets, tokenSecret } from "../mp/redact.ts";
export { mpErrorOf, mpReplyObject } from "../mp/reply.ts";
