import type { Query } from "../http/query.ts";

/** How WeChat names what only reads: `get`, `batchget_material`, `getarticle`, `api_get_authorizer_info`, `query_status`. */
const READING =
  /^(?:(?:api_|batch_?)?get|list$|list_|count$|query|search|fetch$|check(?!in|out)|trymatch$)/;

/**
 * What is named so and changes something nevertheless: it spends a code, of which each works once (`getuserphonenumber`,
 * `getpluginopenpid`, `get_permanent_code`), counts against a lasting limit (`getwxacode`), or makes something new
 * (`getauthurl`, tickets and tokens).
 */
const CHANGING = /get\w*(?:code|openpid|phone|ticket|token|authurl)/;

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
  return READING.test(name) && !CHANGING.test(name);
}
