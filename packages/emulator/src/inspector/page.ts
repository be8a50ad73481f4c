import { raw } from "hono/html";
import type { Control } from "../control/control.ts";
import { type HtmlValue, html, type Markup } from "../html/html.ts";
import type { EmulatorState } from "../state.ts";
import { script, style } from "./assets.ts";
import { faultForm, faultRows } from "./fault-form.ts";
import { ICON_ADDRESS } from "./icon.ts";
import { copyButton } from "./item.ts";
import { filterOf, journalRows } from "./journal-rows.ts";
import { knownCalls } from "./known-calls.ts";
import { keptPictures } from "./picture.ts";
import { timeOf } from "./readable.ts";
import type { CallRecords } from "./records.ts";
import { accountRows, merchantRows, platformKeyRows } from "./seeded.ts";
import { draftRows, newsRows, publicationRows } from "./stored-articles.ts";
import { fileRows } from "./stored-files.ts";
import { videoRows } from "./stored-videos.ts";

/** A request for the page; the journal does not contain it. */
export interface PageRequest {
  state: EmulatorState;
  control: Control;
  records: CallRecords;
  url: URL;
}

const PATHS = [...new Set(knownCalls.map(({ path }) => path.replace(/:.*/, "*")))];

const SPANS: readonly [text: string, ms: number][] = [
  ["1 second", 1000],
  ["1 minute", 60_000],
  ["6 minutes", 360_000],
  ["2 hours", 7_200_000],
  ["1 day", 86_400_000],
  ["3 days", 259_200_000],
];

/** A part that the script refreshes by its name. */
const part = (name: string, value: HtmlValue): Markup =>
  html`<span data-part="${name}">${value}</span>`;

const counted = (name: string, count: number | string): Markup =>
  part(name, html`<span class="count">${count}</span>`);

const group = (name: string, title: string, count: number, rows: Markup, tools?: Markup): Markup =>
  html`<section class="group" aria-labelledby="${name}">
<div class="bar"><h3 id="${name}">${title} ${counted(`${name}-count`, count)}</h3>${tools}</div>
<ul class="items" data-rows="${name}">
${rows}</ul>
</section>
`;

const header = (origin: string, now: number): Markup => html`<header>
<h1>WeChat on localhost</h1>
<p class="base"><span class="dim">baseUrl</span> <code>${origin}</code>${copyButton(origin, "baseUrl")}</p>
<form class="clock" data-form="clock"><span class="dim">Clock</span> <span class="now">${part("clock", timeOf(now, "second"))}</span>
<select name="advance" aria-label="How far to advance the clock">${SPANS.map(([text, ms]) => html`<option value="${ms}">${text}</option>`)}</select> <button>Advance</button></form>
<p class="state"><span id="live" role="status">Not live</span><noscript>: live updates need JavaScript</noscript>
<button type="button" id="pause" aria-pressed="false">Pause</button>
<button type="button" class="act bad" data-route="reset" data-body="{}" data-confirm="Reset everything: journal, files, tokens, faults, clock?">Reset</button></p>
</header>`;

/** The script turns these into tabs; without it they are links within the page. */
function tabs({ control }: PageRequest): Markup {
  const { payMedia, mpMedia, videos, news, drafts, publications, faults, accounts } = control;
  const stored =
    payMedia.length +
    mpMedia.length +
    [videos, news, drafts, publications].reduce((sum, each) => sum + each.list().length, 0);
  const tab = (name: string, title: string, count: number): Markup =>
    html`<a href="#${name}-panel" data-tab="${name}">${title} ${counted(`${name}-tab`, count)}</a>`;
  return html`<nav aria-label="Parts of the page">
${tab("journal", "Journal", control.journal.entries().length)}
${tab("stored", "Stored", stored)}
${tab("faults", "Faults", faults.list().length)}
${tab("accounts", "Accounts", accounts.length)}
</nav>`;
}

function journal({ control, records, url }: PageRequest): Markup {
  const filter = filterOf(url);
  const { rows, count } = journalRows(control.journal.entries(), filter, records);
  return html`<section class="panel" id="journal-panel" aria-labelledby="journal">
<div class="bar"><h2 id="journal">Journal ${counted("journal-count", count)}</h2>
<form role="search" class="filter" data-form="filter"><input type="search" name="text" value="${filter.text}" placeholder="Path, file, id or code" aria-label="Path, file, id or code" spellcheck="false" autocomplete="off">
<label><input type="checkbox" name="refused"${filter.refused ? raw(" checked") : ""}> Refused only</label><noscript><button>Filter</button></noscript></form>
<button type="button" class="act bad" data-route="journal" data-method="DELETE">Clear</button></div>
<ol class="rows" data-rows="journal">
${rows}</ol>
<p class="empty">No requests yet. Set the baseUrl of a client to this address: <code>${url.origin}</code></p>
</section>`;
}

function stored({ state, control }: PageRequest): Markup {
  const { payMedia, mpMedia, videos, news, drafts, publications } = control;
  const files = payMedia.length + mpMedia.length;
  return html`<section class="panel" id="stored-panel" aria-label="Stored">
${group("videos", "Videos in blocks", videos.list().length, videoRows(videos.list()))}
${group("news", "Publish library", news.list().length, newsRows(news.list()))}
${group("drafts", "Drafts", drafts.list().length, draftRows(drafts.list()))}
${group("publications", "Publications", publications.list().length, publicationRows(publications.list()))}
${group("files", "Files", files, fileRows(control, keptPictures(state)))}
</section>`;
}

function faults({ control }: PageRequest): Markup {
  const listed = control.faults.list();
  const remove = html`<button type="button" class="act bad" data-route="faults" data-method="DELETE">Remove all</button>`;
  return html`<section class="panel" id="faults-panel" aria-label="Faults">
${group("faults", "Faults", listed.length, faultRows(listed), remove)}
<section class="group" aria-labelledby="new-fault"><h3 id="new-fault">New fault</h3>
${faultForm(PATHS)}</section>
</section>`;
}

function accounts({ state, control }: PageRequest): Markup {
  const known = state.pay.merchants;
  const merchants = known.mchids().flatMap((mchid) => known.get(mchid) ?? []);
  const keys = 1 + control.platform.certificates().length;
  return html`<section class="panel" id="accounts-panel" aria-label="Accounts">
${group("accounts", "Official Accounts", control.accounts.length, accountRows(control))}
${group("merchants", "Merchants", merchants.length, merchantRows(merchants))}
${group("keys", "Platform keys", keys, platformKeyRows(control))}
<p class="note">Demo keys and secrets, for an emulator only: <a href="/_emulator/credentials">credentials as JSON</a>. <a href="/_emulator">All routes</a>.</p>
</section>`;
}

/** The whole page; its script refreshes it and replaces what has changed. */
export function inspectorPage(request: PageRequest, nonce: string): string {
  return String(html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>WeChat on localhost: inspector</title>
<link rel="icon" href="${ICON_ADDRESS}">
<style nonce="${nonce}">${raw(style)}</style>
</head>
<body>
${header(request.url.origin, request.control.clock.now())}
<main>
${tabs(request)}
${journal(request)}
${stored(request)}
${faults(request)}
${accounts(request)}
</main>
<p id="said" role="status"></p>
<script nonce="${nonce}">${raw(script)}</script>
</body>
</html>
`);
}
