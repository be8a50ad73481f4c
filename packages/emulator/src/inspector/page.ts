import { raw } from "hono/html";
import type { Control } from "../control/control.ts";
import { type HtmlValue, html, type Markup } from "../html/html.ts";
import { mpEndpoints } from "../mp/endpoints.ts";
import { publishEndpoints } from "../mp/publish/endpoints.ts";
import { videoEndpoints } from "../mp/video/endpoints.ts";
import { payEndpoints } from "../pay/endpoints.ts";
import { payUploadEndpoints } from "../pay/upload-endpoints.ts";
import type { EmulatorState } from "../state.ts";
import type { Answers } from "./answers.ts";
import { faultForm, faultRows } from "./fault-form.ts";
import { copyButton } from "./item.ts";
import { filterOf, journalRows } from "./journal-rows.ts";
import { keptPictures } from "./picture.ts";
import { momentOf } from "./readable.ts";
import { script } from "./script.ts";
import { accountRows, merchantRows, platformKeyRows } from "./seeded.ts";
import { draftRows, newsRows, publicationRows } from "./stored-articles.ts";
import { fileRows } from "./stored-files.ts";
import { videoRows } from "./stored-videos.ts";
import { style } from "./style.ts";

/** A request for the page; it is not in the journal itself. */
export interface PageRequest {
  state: EmulatorState;
  control: Control;
  answers: Answers;
  url: URL;
}

const ICON =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 8 8'%3E%3Ccircle cx='4' cy='4' r='3' fill='%2307a35a'/%3E%3C/svg%3E";

const CALLS = [
  ...payUploadEndpoints,
  ...payEndpoints,
  ...mpEndpoints,
  ...videoEndpoints,
  ...publishEndpoints,
];
const PATHS = [...new Set(CALLS.map(({ path }) => path.replace(/:.*/, "*")))];

const SPANS: readonly [text: string, ms: number][] = [
  ["1 second", 1000],
  ["1 minute", 60_000],
  ["6 minutes", 360_000],
  ["2 hours", 7_200_000],
  ["1 day", 86_400_000],
  ["3 days", 259_200_000],
];

/** A part is read anew by name; with rows, each row by its key. */
const part = (name: string, value: HtmlValue): Markup =>
  html`<span data-part="${name}">${value}</span>`;

const group = (name: string, title: string, count: number, rows: Markup, tools?: Markup): Markup =>
  html`<section class="group" aria-labelledby="${name}">
<div class="bar"><h3 id="${name}">${title} ${part(`${name}-count`, html`<span class="count">${count}</span>`)}</h3>${tools}</div>
<ul class="items" data-rows="${name}">
${rows}</ul>
</section>
`;

const header = (origin: string, now: number): Markup => {
  const { day, time } = momentOf(now);
  return html`<header>
<h1>WeChat on localhost</h1>
<p class="base"><span class="dim">baseUrl</span> <code>${origin}</code>${copyButton(origin, "baseUrl")}</p>
<form class="clock" data-form="clock"><span class="dim">Clock</span> <span class="now">${part("clock", `${day} ${time.slice(0, 8)} UTC`)}</span>
<select name="advance" aria-label="How far to advance the clock">${SPANS.map(([text, ms]) => html`<option value="${ms}">${text}</option>`)}</select> <button>Advance</button></form>
<nav aria-label="Parts of the page"><a href="#journal">Journal</a> <a href="#stored">Stored</a> <a href="#steering">Faults and accounts</a></nav>
<p class="state"><span id="live" role="status">Not live yet</span><noscript>: that takes its script</noscript>
<button type="button" id="pause" aria-pressed="false">Pause</button>
<button type="button" data-route="reset" data-body="{}" data-confirm="Reset everything: journal, files, tokens, faults, clock?">Reset</button></p>
</header>`;
};

function journal({ control, answers, url }: PageRequest): Markup {
  const filter = filterOf(url);
  const { rows, count } = journalRows(control.journal.entries(), filter, answers);
  return html`<section class="journal" aria-labelledby="journal">
<div class="bar"><h2 id="journal">Journal ${part("journal-count", html`<span class="count">${count}</span>`)}</h2>
<form role="search" class="filter" data-form="filter"><input type="search" name="path" value="${filter.path}" placeholder="Path contains" aria-label="Path contains" spellcheck="false" autocomplete="off">
<label><input type="checkbox" name="refused"${filter.refused ? raw(" checked") : ""}> Refused only</label><noscript><button>Filter</button></noscript></form>
<button type="button" data-route="journal" data-method="DELETE">Clear</button></div>
<ol class="rows" data-rows="journal">
${rows}</ol>
<p class="empty">No request here yet. Give a client this baseUrl, and its requests appear: <code>${url.origin}</code></p>
</section>`;
}

function stored({ state, control }: PageRequest): Markup {
  const { payMedia, mpMedia, videos, news, drafts, publications } = control;
  const files = payMedia.length + mpMedia.length;
  return html`<section aria-labelledby="stored"><div class="bar"><h2 id="stored">Stored</h2><a class="jump" href="#steering">Faults and accounts</a></div>
${group("videos", "Videos in blocks", videos.list().length, videoRows(videos.list()))}
${group("news", "Publish library", news.list().length, newsRows(news.list()))}
${group("drafts", "Drafts", drafts.list().length, draftRows(drafts.list()))}
${group("publications", "Publications", publications.list().length, publicationRows(publications.list()))}
${group("files", "Files", files, fileRows(control, keptPictures(state)))}
</section>`;
}

function steering({ state, control }: PageRequest): Markup {
  const { faults, accounts } = control;
  const merchants = state.pay.merchants
    .mchids()
    .flatMap((mchid) => state.pay.merchants.get(mchid) ?? []);
  const remove = html`<button type="button" data-route="faults" data-method="DELETE">Remove all</button>`;
  return html`<section aria-labelledby="steering"><h2 id="steering">Faults and accounts</h2>
${group("faults", "Faults to come", faults.list().length, faultRows(faults.list()), remove)}
${faultForm(PATHS)}
${group("accounts", "Official Accounts", accounts.length, accountRows(control))}
${group("merchants", "Merchants", merchants.length, merchantRows(merchants))}
${group("keys", "Platform keys", 1 + control.platform.certificates().length, platformKeyRows(control))}
<p class="note">Demo keys and secrets, which open nothing but an emulator: <a href="/_emulator/credentials">credentials as JSON</a>. All routes: <a href="/">list</a>.</p>
</section>`;
}

/** The whole page; its script reads it anew and takes over what has changed. */
export function inspectorPage(request: PageRequest, nonce: string): string {
  return String(html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>WeChat on localhost: inspector</title>
<link rel="icon" href="${ICON}">
<style nonce="${nonce}">${raw(style)}</style>
</head>
<body>
${header(request.url.origin, request.control.clock.now())}
<main>
${journal(request)}
<div class="side">
${stored(request)}
${steering(request)}
</div>
</main>
<p id="said" role="status"></p>
<script nonce="${nonce}">${raw(script)}</script>
</body>
</html>
`);
}
