/** The fields of a message; a list is written as an element repeated. */
export interface XmlFields {
  readonly [name: string]: XmlValue;
}

export type XmlValue = string | number | bigint | boolean | XmlFields | readonly XmlValue[];

/** 64-bit numbers, which JavaScript has to keep as texts. */
const NUMBERS: readonly string[] = ["MsgId", "MsgID", "publish_id"];

/** Writes a message as WeChat does: numbers bare, texts as CDATA. */
export const messageXml = (message: XmlFields): string => `<xml>${inner(message)}</xml>`;

function inner(fields: XmlFields): string {
  return Object.entries(fields)
    .flatMap(([name, value]) =>
      (Array.isArray(value) ? (value as readonly XmlValue[]) : [value]).map(
        (one) => `<${name}>${content(name, one)}</${name}>`,
      ),
    )
    .join("");
}

function content(name: string, value: XmlValue): string {
  if (typeof value === "object") return inner(value as XmlFields);
  const isNumber = typeof value !== "string" || (NUMBERS.includes(name) && /^\d+$/.test(value));
  return isNumber ? String(value) : `<![CDATA[${value.replaceAll("]]>", "]]]]><![CDATA[>")}]]>`;
}
