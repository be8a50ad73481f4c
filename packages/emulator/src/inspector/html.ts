import { escapeHtml } from "../mp/publish/html-tags.ts";

/** Markup that `html` has made, the only kind that it takes unescaped. */
export interface Markup {
  readonly markup: string;
}

export type HtmlValue = Markup | string | number | undefined | readonly HtmlValue[];

/** An object out of a request may look like Markup; what was made here is known by identity. */
const made = new WeakSet();

function written(value: HtmlValue): string {
  if (value === undefined) return "";
  if (Array.isArray(value)) return value.map(written).join("");
  if (typeof value !== "object") return escapeHtml(String(value));
  return made.has(value) ? (value as Markup).markup : escapeHtml(JSON.stringify(value));
}

function asMarkup(markup: string): Markup {
  const value = { markup };
  made.add(value);
  return value;
}

/** Escapes every value but what it has made itself; lists are joined, undefined is nothing. */
export const html = (texts: TemplateStringsArray, ...values: HtmlValue[]): Markup =>
  asMarkup(String.raw({ raw: texts }, ...values.map(written)));

/** The text of this package's own style or script. */
export const verbatim = (text: string): Markup => asMarkup(text);
