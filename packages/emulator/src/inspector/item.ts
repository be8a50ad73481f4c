import { type HtmlValue, html, type Markup } from "../html/html.ts";

/** One thing of a list; the page's script knows it by its key when the list is read anew. */
export interface Item {
  key: string;
  title: string;
  /** In one line, the empty ones left out. */
  facts: readonly (HtmlValue | false)[];
  /** What a client would send, by its name on the wire, to be copied. */
  ids?: readonly (readonly [name: string, id: string | undefined])[];
  /** Left of it all. */
  picture?: Markup;
  /** Below. */
  more?: readonly HtmlValue[];
}

/** Whose it is; the style hides it where there is one alone. */
export const ownerFact = (kind: "account" | "merchant", id: string): Markup =>
  html`<span class="${kind}">${id}</span>`;

export const copyButton = (text: string, what: string): Markup =>
  html`<button type="button" class="copy" data-copy="${text}" aria-label="Copy ${what}">Copy</button>`;

/** An id under its name, to be copied. */
export const idLine = (name: string, id: string): Markup =>
  html`<p class="id"><span class="dim">${name}</span> <code>${id}</code>${copyButton(id, name)}</p>`;

/** What pressing a button does to what it is about. */
export type Tone = "good" | "bad" | "";

/** A button that posts this JSON to a control route. */
export const actButton = (
  label: string,
  route: string,
  body: object,
  about: string,
  tone: Tone = "",
): Markup =>
  html`<button type="button" class="act ${tone}" data-route="${route}" data-body="${JSON.stringify(body)}" aria-label="${label}: ${about}">${label}</button>`;

export const chip = (text: string, tone = ""): Markup =>
  html`<span class="chip ${tone}">${text}</span>`;

export function itemRow({ key, title, facts, ids = [], picture, more = [] }: Item): Markup {
  const said = facts.filter((fact) => fact !== false && fact !== undefined && fact !== "");
  return html`<li class="item" data-key="${key}">${picture}<div class="body">
<p class="title"><bdi>${title}</bdi></p>
<p class="facts">${(said as HtmlValue[]).map((fact) => html`<span>${fact}</span> `)}</p>
${ids.map(([name, id]) => (id === undefined ? undefined : idLine(name, id)))}
${more}</div></li>
`;
}

/** The buttons below an item. */
export const acts = (...buttons: HtmlValue[]): Markup => html`<p class="acts">${buttons}</p>`;

/** What looks odd in it. */
export const warningList = (warnings: readonly string[]): Markup | undefined =>
  warnings.length === 0
    ? undefined
    : html`<ul class="warnings">${warnings.map((text) => html`<li><bdi>${text}</bdi></li>`)}</ul>`;
