import { type HtmlValue, html, type Markup } from "../html/html.ts";
import type { JournalEntry } from "../journal/journal.ts";
import type { Answers } from "./answers.ts";
import { chip, copyButton } from "./item.ts";
import { momentOf, sizeText } from "./readable.ts";
import { isRefused, type Reason, reasonOf } from "./reason.ts";

/** What the reader asked to see. */
export interface JournalFilter {
  path: string;
  refused: boolean;
}

const MAX_ROWS = 200;

export const filterOf = ({ searchParams }: URL): JournalFilter => ({
  path: searchParams.get("path") ?? "",
  refused: searchParams.has("refused"),
});

const bytesOf = ({ fileBytes, sentBytes, headers }: JournalEntry): string => {
  if (sentBytes !== undefined) return `↓ ${sizeText(sentBytes)}`;
  const length = fileBytes ?? Number(headers["content-length"] ?? 0);
  return length > 0 ? sizeText(length) : "";
};

const detailsOf = ({ action = "", type = "", part_num }: JournalEntry): string =>
  `${action} ${type} ${part_num === undefined ? "" : `block ${part_num}`}`.trim();

function summary(entry: JournalEntry, reason: Reason | undefined): Markup {
  const { time, method, path, status, code, fault, requestId, rid } = entry;
  const { iso, time: clock } = momentOf(time);
  return html`<summary>
<time datetime="${iso}">${clock}</time>
<span class="status">${status ?? "—"}</span>
<span class="call"><b>${method}</b> <bdi class="path">${path}</bdi> <bdi class="dim">${detailsOf(entry)}</bdi></span>
<bdi class="name dim">${entry.filename}</bdi>
<span class="rid dim" title="${rid ?? requestId}">${(rid ?? requestId).slice(-10)}</span>
<span class="bytes">${bytesOf(entry)}</span>
${
  reason || fault
    ? html`<span class="why">${code && html`<code>${code}</code> `}${fault && chip(`fault ${fault}`, "fault")} <bdi>${reason?.words}</bdi> ${reason?.evidence && chip(reason.evidence, reason.evidence)}</span>`
    : undefined
}</summary>`;
}

/** Whatever the journal keeps of a request, under names that a reader knows. */
function factsOf(entry: JournalEntry, reason: Reason | undefined): [string, HtmlValue][] {
  const { rid, requestId, mchid, appid, fileBytes, vid, media_id, part_num } = entry;
  const { day, time } = momentOf(entry.time);
  const [idName, id] = rid === undefined ? ["Request-ID", requestId] : ["rid", rid];
  const block = part_num === undefined ? undefined : String(part_num);
  return [
    ["Time", `${day} ${time} UTC`],
    [idName, html`${id} ${copyButton(id, idName)}`],
    ["Merchant", mchid],
    ["Account", appid],
    ["File", entry.filename],
    ["Bytes", fileBytes === undefined ? undefined : fileBytes.toLocaleString("en")],
    ["SHA-256", entry.sha256],
    ["vid", vid],
    ["media_id", media_id],
    ["Block", entry.repeated ? `${block}, which had come before` : block],
    ["Fault", entry.fault],
    [
      "Evidence",
      reason?.evidence && `${reason.evidence}${reason.source ? `, ${reason.source}` : ""}`,
    ],
  ];
}

function row(entry: JournalEntry, answer: string | undefined): Markup {
  const { requestId, headers } = entry;
  const reason = reasonOf(entry, answer);
  const tone = isRefused(entry) ? "refused" : entry.fault === undefined ? "" : "faulted";
  const facts = factsOf(entry, reason).filter(([, value]) => value !== undefined);
  return html`<li data-key="${requestId}"><details class="entry ${tone}">${summary(entry, reason)}
<div class="open"><dl>${facts.map(([name, value]) => html`<dt>${name}</dt><dd><bdi>${value}</bdi></dd>`)}</dl>
<h3>Headers</h3>
<dl>${Object.entries(headers).map(([name, value]) => html`<dt>${name}</dt><dd><bdi>${value}</bdi></dd>`)}</dl>
${answer ? html`<h3>Answer</h3><pre tabindex="0">${answer}</pre>` : undefined}</div></details></li>
`;
}

/** The newest rows that pass the filter, and how many there are. */
export function journalRows(
  entries: readonly JournalEntry[],
  { path, refused }: JournalFilter,
  answers: Answers,
): { rows: Markup; count: string } {
  const found = entries.filter(
    (entry) => entry.path.includes(path) && (!refused || isRefused(entry)),
  );
  const shown = found.slice(-MAX_ROWS).reverse();
  const of = found.length === entries.length ? "" : ` of ${entries.length}`;
  const newest = shown.length === found.length ? "" : `, newest ${MAX_ROWS}`;
  return {
    rows: html`${shown.map((entry) => row(entry, answers.of(entry.requestId)))}`,
    count: `${found.length}${of}${newest}`,
  };
}
