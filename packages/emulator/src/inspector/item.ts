import { type HtmlValue, html, type Markup } from "../html/html.ts";

/** A row of a list; the script finds it by its key when the page refreshes. */
export interface Item {
  key: string;
  title: string;
  /** Shown in one line, without the empty ones. */
  facts: readonly (HtmlValue | false)[];
  /** Ids to copy, by their names on the wire. */
  ids?: readonly (readonly [name: string, id: string | undefined])[];
  /** On the left. */
  picture?: Markup;
  /** Below. */
  more?: readonly HtmlValue[];
}

/** The owner; the style hides it if there is only one. */
export const ownerFact = (kind: "account" | "merchant", id: string): Markup =>
  html`<span class="${kind}">${id}</span>`;

export const copyButton = (text: string, what: string): Markup =>
  html`<button type="button" class="copy" data-copy="${text}" aria-label="Copy ${what}">Copy</button>`;

/** An id with its name and a copy button. */
export const idLine = (name: string, id: string): Markup =>
  html`<p class="id"><span class="dim">${name}</span> <code>${id}</code>${copyButton(id, name)}</p>`;

/** Whether a button helps or harms what it acts on. */
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

/** The warnings about an item. */
export const warningList = (warnings: readonly string[]): Markup | undefined =>
  warnings.length === 0
    ? undefined
    : html`<ul class="warnings">${warnings.map((text) => html`<li><bdi>${text}</bdi></li>`)}</ul>`;
