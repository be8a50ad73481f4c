import { html as escaped } from "hono/html";

/** Markup that `html` has made, the only kind that it takes unescaped. */
export type Markup = Awaited<ReturnType<typeof escaped>>;

export type HtmlValue = Markup | string | number | undefined | readonly HtmlValue[];

/** Markup is a String object, which no object out of a request can be. */
const safe = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(safe);
  const isMarkup = Object.prototype.toString.call(value) === "[object String]";
  const isForeign = typeof value === "object" && value !== null && !isMarkup;
  return isForeign ? JSON.stringify(value) : value;
};

/** Escapes every value but what it has made itself; lists are joined, undefined is nothing. */
export const html = (texts: TemplateStringsArray, ...values: HtmlValue[]): Markup =>
  escaped(texts, ...values.map(safe)) as Markup;
