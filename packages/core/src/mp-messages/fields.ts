import { encodeUtf8 } from "../bytes/utf8.ts";
import { parseObject } from "../http/reply.ts";
import { MessageError } from "./message-error.ts";
import { parseXml, type XmlContent } from "./xml.ts";

/** What a message or an envelope says, by the names of the wire. */
export type MessageFields = Readonly<Record<string, unknown>>;

/** Lists of WeChat, where one element is a list too. */
const LISTS: readonly string[] = ["item", "fail_idx"];
/** Elements that hold lists, and may be empty. */
const HOLDERS: readonly string[] = ["PicList", "ResultList"];
/** All other numbers stay texts: ids have up to 64 bits. */
const NUMBERS: ReadonlySet<string> = new Set(
  "CreateTime Location_X Location_Y Scale Latitude Longitude Precision TotalCount FilterCount SentCount ErrorCount Count count publish_status idx fail_idx ArticleIdx CheckState".split(
    " ",
  ),
);
const NUMBER = /^\s*(-?\d{1,15}(?:\.\d{1,15})?)\s*$/;

/** Reads the XML or, for accounts that chose it, the JSON of a message. Throws MessageError for anything else. */
export function readFields(bytes: Uint8Array): MessageFields {
  const text = decoded(bytes);
  const fields = text === undefined ? undefined : (fieldsOfXml(text) ?? fieldsOfJson(text));
  if (fields !== undefined) return fields;
  throw new MessageError(
    `${bytes.byteLength} bytes are neither the XML nor the JSON of a message: WeChat sends <xml> with elements, texts and CDATA, in UTF-8.`,
    { reason: "malformed" },
  );
}

function decoded(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined; // reported as no message
  }
}

function fieldsOfXml(text: string): MessageFields | undefined {
  const root = parseXml(text);
  if (root?.name !== "xml") return undefined;
  return typeof root.content === "string" ? undefined : objectOf(root.content);
}

function objectOf(elements: Exclude<XmlContent, string>): MessageFields {
  const values = new Map<string, unknown[]>();
  for (const { name, content } of elements) {
    const value = fieldOf(name, content);
    const before = values.get(name);
    if (before === undefined) values.set(name, [value]);
    else before.push(value);
  }
  const entries = [...values].map(([name, [first, ...others]]) => {
    const isOne = others.length === 0 && !LISTS.includes(name);
    return [name, isOne ? first : [first, ...others]] as const;
  });
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

/** A number that WeChat left empty is left out. */
function fieldOf(name: string, content: XmlContent): unknown {
  if (typeof content !== "string") return objectOf(content);
  if (HOLDERS.includes(name)) return { item: [] };
  if (!NUMBERS.has(name)) return content;
  const number = NUMBER.exec(content)?.[1];
  return number === undefined ? undefined : Number(number);
}

/** Numbers of 64 bits, which JSON.parse would round. */
const LONG_NUMBER = /("(?:MsgId|MsgID|publish_id)"\s{0,9}:\s{0,9})(\d+)/g;

function fieldsOfJson(text: string): MessageFields | undefined {
  return parseObject(encodeUtf8(text.replace(LONG_NUMBER, '$1"$2"')));
}
