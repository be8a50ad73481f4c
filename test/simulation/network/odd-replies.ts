// Replies of WeChat and of what stands between, as they have been seen in the field: right status, odd content.

/** What becomes of the text of a JSON reply, and of its Content-Type. */
export interface OddReply {
  readonly body: string;
  readonly type: string;
}

type Fields = Record<string, unknown>;

const JSON_TYPE = "application/json; charset=utf-8";
const json = (fields: unknown): OddReply => ({ body: JSON.stringify(fields), type: JSON_TYPE });
const ofTexts = (fields: Fields, change: (text: string) => unknown): OddReply =>
  json(
    Object.fromEntries(
      Object.entries(fields).map(([name, value]) => [
        name,
        typeof value === "string" && name !== "errmsg" ? change(value) : value,
      ]),
    ),
  );
const ofNumbers = (fields: Fields, change: (value: number) => unknown): OddReply =>
  json(
    Object.fromEntries(
      Object.entries(fields).map(([name, value]) => [
        name,
        typeof value === "number" ? change(value) : value,
      ]),
    ),
  );

/** By name, so that a plan can say which. */
export const oddReplies: Readonly<Record<string, (fields: Fields, text: string) => OddReply>> = {
  "numbers for texts": (fields) => ofTexts(fields, (text) => text.length + 12_345),
  "texts for numbers": (fields) => ofNumbers(fields, String),
  "missing ids": (fields) =>
    json(Object.fromEntries(Object.entries(fields).filter(([name]) => !/_?id$|url$/.test(name)))),
  "null for texts": (fields) => ofTexts(fields, () => null),
  "empty texts": (fields) => ofTexts(fields, () => ""),
  "objects for texts": (fields) => ofTexts(fields, (text) => ({ value: text })),
  "lists for texts": (fields) => ofTexts(fields, (text) => [text]),
  "booleans for texts": (fields) => ofTexts(fields, () => true),
  "control characters": (fields) => ofTexts(fields, (text) => `${text}\u0000\u001B[31m\r\n`),
  "a page of HTML": () => ({ body: "<html><h1>请稍候</h1></html>", type: "text/html" }),
  "an empty body": () => ({ body: "", type: JSON_TYPE }),
  "text/plain": (_, text) => ({ body: text, type: "text/plain" }),
  "a byte order mark": (_, text) => ({ body: `\uFEFF${text}`, type: JSON_TYPE }),
  "half a text": (_, text) => ({ body: text.slice(0, text.length >> 1), type: JSON_TYPE }),
  null: () => json(null),
  "a list": () => json([]),
  "a text": () => json("ok"),
  "a number": () => json(12_345),
  "an empty object": () => json({}),
  "errcode as a text": (fields) => json({ ...fields, errcode: "0" }),
  "busy, as a text": () => json({ errcode: "-1", errmsg: "system error" }),
  "no type": (_, text) => ({ body: text, type: "" }),
};

/** Statuses of gateways and proxies, with a page of their own. */
export const gatewayStatuses: readonly number[] = [
  200, 400, 401, 403, 404, 405, 407, 408, 409, 410, 411, 412, 413, 414, 415, 421, 429, 431, 451,
  500, 501, 502, 503, 504, 505, 508, 511, 520, 524, 599,
];

/** What their pages say. */
export const gatewayPages: readonly OddReply[] = [
  { body: "<html><body><h1>Blocked</h1></body></html>", type: "text/html" },
  { body: "", type: "" },
  { body: "upstream connect error", type: "text/plain" },
  { body: '{"message":"Forbidden"}', type: "application/json" },
];
