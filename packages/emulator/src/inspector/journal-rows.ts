import { html, type Markup } from "../html/html.ts";
import type { JournalEntry } from "../journal/journal.ts";
import { type AlikeCalls, foldAlike } from "./fold.ts";
import { chip } from "./item.ts";
import { sizeText, timeOf } from "./readable.ts";
import { isRefused, type Reason, reasonOf } from "./reason.ts";
import type { CallRecords } from "./records.ts";

/** The filter of the journal. */
export interface JournalFilter {
  text: string;
  refused: boolean;
}

const MAX_ROWS = 200;

export const filterOf = ({ searchParams }: URL): JournalFilter => ({
  text: searchParams.get("text") ?? "",
  refused: searchParams.has("refused"),
});

/** Searches path, names, ids and codes of an entry. */
function matches(entry: JournalEntry, { text, refused }: JournalFilter): boolean {
  if (refused && !isRefused(entry)) return false;
  const { path, action, filename, requestId, rid, code, vid, media_id, mchid, appid } = entry;
  const told = [path, action, filename, requestId, rid, code, vid, media_id, mchid, appid];
  return told.some((each) => each?.toLowerCase().includes(text.toLowerCase()));
}

const bytesOf = ({ fileBytes, sentBytes, headers }: JournalEntry): number =>
  sentBytes ?? fileBytes ?? Number(headers["content-length"] ?? 0);

function bytesText(calls: AlikeCalls): string {
  const bytes = calls.reduce((sum, call) => sum + bytesOf(call), 0);
  if (bytes === 0) return "";
  return `${calls[0].sentBytes === undefined ? "" : "↓ "}${sizeText(bytes)}`;
}

/** The blocks of a video, from the lowest to the highest. */
function blocksText(calls: AlikeCalls): string {
  const numbers = calls.flatMap(({ part_num }) => part_num ?? []);
  if (numbers.length === 0) return "";
  const [low, high] = [Math.min(...numbers), Math.max(...numbers)];
  return low === high ? `block ${low}` : `blocks ${low} to ${high}`;
}

function summary(calls: AlikeCalls, entry: JournalEntry, reason: Reason | undefined): Markup {
  const { time, method, path, status, code, fault, action = "", type = "" } = entry;
  const what = `${action} ${type} ${blocksText(calls)}`.trim();
  const times = calls.length === 1 ? undefined : chip(`${calls.length} times`);
  return html`<summary>
${timeOf(time, "clock")}
<span class="status">${status ?? "—"}</span>
<span class="call"><b>${method}</b> <bdi class="path">${path}</bdi> <bdi class="dim">${what}</bdi> ${times}</span>
<bdi class="name dim">${entry.filename}</bdi>
<span class="bytes">${bytesText(calls)}</span>
${
  reason || fault
    ? html`<span class="why">${code && html`<code>${code}</code> `}${fault && chip(`fault ${fault}`, "fault")} <bdi>${reason?.words}</bdi> ${reason?.evidence && chip(reason.evidence, reason.evidence)}</span>`
    : undefined
}</summary>`;
}

/** The script fetches the details when a row is opened; without it, the link leads there. */
function row(calls: AlikeCalls, records: CallRecords): Markup {
  const entry = calls.at(-1) ?? calls[0];
  const reason = reasonOf(entry, records.of(entry.requestId)?.answer);
  const tone = isRefused(entry) ? "refused" : entry.fault === undefined ? "" : "faulted";
  const address = `/_emulator/calls?first=${calls[0].requestId}&last=${entry.requestId}`;
  return html`<li data-key="${calls[0].requestId}"><details class="entry ${tone}">${summary(calls, entry, reason)}
<div class="open" data-read="${address}"><a href="${address}">Request and answer</a></div></details></li>
`;
}

/** The newest rows that match the filter, and the number of calls. */
export function journalRows(
  entries: readonly JournalEntry[],
  filter: JournalFilter,
  records: CallRecords,
): { rows: Markup; count: string } {
  const found = entries.filter((entry) => matches(entry, filter));
  const folded = foldAlike(found);
  const shown = folded.slice(-MAX_ROWS).reverse();
  const of = found.length === entries.length ? "" : ` of ${entries.length}`;
  const newest = shown.length === folded.length ? "" : `, newest ${MAX_ROWS} rows`;
  return {
    rows: html`${shown.map((calls) => row(calls, records))}`,
    count: `${found.length}${of}${newest}`,
  };
}
