import { html as escaped } from "hono/html";

/** Markup made by `html`, the only values that it does not escape. */
export type Markup = Awaited<ReturnType<typeof escaped>>;

export type HtmlValue = Markup | string | number | undefined | readonly HtmlValue[];

/** Markup is a String object; JSON of a request cannot contain one. */
const safe = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(safe);
  const isMarkup = Object.prototype.toString.call(value) === "[object String]";
  const isForeign = typeof value === "object" && value !== null && !isMarkup;
  return isForeign ? JSON.stringify(value) : value;
};

/** Escapes every value except its own markup; joins lists and leaves out undefined. */
export const html = (texts: TemplateStringsArray, ...values: HtmlValue[]): Markup =>
  escaped(texts, ...values.map(safe)) as Markup;
