import { type HtmlValue, html, type Markup } from "../html/html.ts";
import type { JournalEntry } from "../journal/journal.ts";
import { copyButton } from "./item.ts";
import { sizeText, timeOf } from "./readable.ts";
import { type Reason, reasonOf } from "./reason.ts";
import type { CallRecord, CallRecords } from "./records.ts";
import type { FormField } from "./request-text.ts";

type Fact = readonly [name: string, value: HtmlValue];

const factList = (facts: readonly Fact[]): Markup =>
  html`<dl>${facts
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => html`<dt>${name}</dt><dd><bdi>${value}</bdi></dd>`)}</dl>`;

const part = (title: string, content: Markup | undefined): Markup | undefined =>
  content && html`<h4>${title}</h4>${content}`;

const evidenceText = ({ evidence, source }: Reason): string | undefined =>
  evidence && `${evidence}${source === undefined ? "" : `, ${source}`}`;

/** What the journal keeps of a call, with labels. */
function factsOf(entry: JournalEntry, reason: Reason | undefined): Fact[] {
  const { rid, requestId, mchid, appid, fileBytes, vid, media_id, part_num } = entry;
  const [idName, id] = rid === undefined ? ["Request-ID", requestId] : ["rid", rid];
  const block = part_num === undefined ? undefined : String(part_num);
  return [
    ["Time", timeOf(entry.time, "second")],
    [idName, html`${id} ${copyButton(id, idName)}`],
    ["Merchant", mchid],
    ["Account", appid],
    ["File", entry.filename],
    ["Bytes", fileBytes?.toLocaleString("en")],
    ["SHA-256", entry.sha256],
    ["vid", vid],
    ["media_id", media_id],
    ["Block", entry.repeated ? `${block}, sent again` : block],
    ["Fault", entry.fault],
    ["Notes", entry.notes?.join("; ")],
    ["Evidence", reason && evidenceText(reason)],
  ];
}

const fieldText = ({ filename, type, bytes, text }: FormField): HtmlValue => {
  if (text !== undefined) return html`<span class="text">${text}</span>`;
  return [filename, type, sizeText(bytes)].filter((each) => each !== undefined).join(", ");
};

/** The request, without tokens and secrets. */
function requestMarkup(entry: JournalEntry, record: CallRecord | undefined): Markup {
  const { query = [], form, body, authorization } = record ?? {};
  const headers: Fact[] = [
    ...(authorization === undefined ? [] : [["authorization", authorization] as const]),
    ...Object.entries(entry.headers),
  ];
  return html`<h3>Request</h3>
<p class="line"><b>${entry.method}</b> <bdi>${entry.path}</bdi></p>
${part("Query", query.length === 0 ? undefined : factList(query))}
${part("Headers", headers.length === 0 ? undefined : factList(headers))}
${part("Form", form && factList(form.map((field) => [field.name, fieldText(field)])))}
${part("Body", body === undefined ? undefined : html`<pre tabindex="0">${body}</pre>`)}`;
}

const MAX_EARLIER = 100;

const earlier = (entries: readonly JournalEntry[]): Markup =>
  html`<h3>Same call earlier <span class="dim">${entries.length} times</span></h3><p class="times">${entries
    .slice(0, MAX_EARLIER)
    .map(
      ({ time, part_num }) =>
        html`<span>${timeOf(time, "clock")}${part_num === undefined ? "" : ` block ${part_num}`}</span> `,
    )}</p>`;

/** The last of several equal calls, with the times of the others. */
export function callDetails(entries: readonly JournalEntry[], records: CallRecords): Markup {
  const entry = entries.at(-1);
  if (entry === undefined) return html`<p>The journal has been cleared.</p>`;
  const record = records.of(entry.requestId);
  const reason = reasonOf(entry, record?.answer);
  const status = entry.status === undefined ? "no answer" : `status ${entry.status}`;
  return html`${factList(factsOf(entry, reason))}
${requestMarkup(entry, record)}
<h3>Answer <span class="dim">${status}</span></h3>
${record?.answer ? html`<pre tabindex="0">${record.answer}</pre>` : undefined}
${entries.length > 1 ? earlier(entries.slice(0, -1).reverse()) : undefined}`;
}
