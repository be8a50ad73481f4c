import { html as escaped } from "hono/html";

/** Markup that `html` has made, the only kind that it takes unescaped. */
export type Markup = Awaited<ReturnType<typeof escaped>>;

export type HtmlValue = Markup | string | number | undefined | readonly HtmlValue[];

/** Markup is a String object, which no object out of a request can be. */
const safe = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(safe);
  const foreign = typeof value === "object" && value !== null && !(value instanceof String);
  return foreign ? JSON.stringify(value) : value;
};

/** Escapes every value but what it has made itself; lists are joined, undefined is nothing. */
export const html = (texts: TemplateStringsArray, ...values: HtmlValue[]): Markup =>
  escaped(texts, ...values.map(safe)) as Markup;
