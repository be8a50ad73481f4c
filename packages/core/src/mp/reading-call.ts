import type { Query } from "../http/query.ts";

/**
 * How WeChat names what only reads: `get`, `batchget_material`, `getarticle`, `api_get_authorizer_info`, `query_status`,
 * `listmedia`, `is_trade_managed`. `listing` puts goods on sale, `checkin` and `checkout` are what they say.
 */
const READING =
  /^(?:(?:api_|batch_?)?get|list(?!ing)|count$|query|search|is_|fetch$|check(?!in|out)|trymatch$)|[a-z]query$/;

/**
 * What is named so and changes something nevertheless: it spends a code, of which each works once (`getuserphonenumber`,
 * `getpluginopenpid`, `get_permanent_code`, `checkrealnameinfo`), counts against a lasting limit (`getwxacode`,
 * `virtualtelnumber/get`), or makes something new (`getauthurl`, `getpaymentparams`, tickets and tokens).
 */
const CHANGING =
  /get\w*(?:code|openpid|phone|ticket|token|authurl|paymentparams)|realname|virtualtelnumber/i;

/** The GETs that change something: they delete, reset or take back, or spend a code. */
const CHANGING_GET =
  /\/(?:del(?!iver)|clear|close|create|reset|revert|undo|jscode2session)[^/]*$|\/oauth2\/(?:component\/)?access_token$/;

/** Whether a second call does no harm. A GET changes something by its name alone, a POST unless it only reads. */
export function isRepeatable(method: string, path: string, query?: Query): boolean {
  return method === "GET" ? !CHANGING_GET.test(path) : isReadingCall(path, query);
}

/**
 * Whether a POST of WeChat only reads, so that a second one does no harm. Judged by the last part of its path, or its
 * `action` if several calls share one path. False for what is not known.
 */
export function isReadingCall(path: string, query: Query = {}): boolean {
  // All of 数据统计 reads.
  if (path.startsWith("/datacube/")) return true;
  const { action, checkonly } = query;
  const name = String(action ?? path.slice(path.lastIndexOf("/") + 1));
  // draft/switch asks for the switch with checkonly=1, and turns it on without.
  if (name === "switch") return String(checkonly) === "1";
  return READING.test(name) && !CHANGING.test(path) && !CHANGING.test(name);
}
