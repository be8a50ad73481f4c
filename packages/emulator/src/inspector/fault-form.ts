import type { Fault, FaultAction, FaultKind } from "../faults/fault.ts";
import { html, type Markup } from "../html/html.ts";
import { chip, itemRow } from "./item.ts";

type Parameters<Kind extends FaultKind> = Omit<Extract<FaultAction, { kind: Kind }>, "kind">;

/** Every kind, with parameters to begin with. */
const EXAMPLES: { [Kind in FaultKind]: Parameters<Kind> } = {
  status: { status: 503 },
  html: { status: 502 },
  redirect: { location: "https://example.com/" },
  delay: { ms: 2000 },
  cut: { at: "before" },
  "too-fast": { retryAfter: 1 },
  quota: {},
  "system-error": { text: "system" },
  "no-auth": {},
  "mp-error": { errcode: 45009 },
  "token-killed": { replace: false },
  "content-type": { type: "text/html" },
  "reply-json": { body: { errcode: -1, errmsg: "system error" } },
  truncated: {},
  oversize: {},
  empty: {},
  "no-media-id": {},
  "wrong-signature": {},
  "missing-signature": {},
  "unknown-serial": {},
  stale: { seconds: 601 },
  probe: {},
  tampered: {},
  "certificates-wrong-tag": {},
  "certificates-reversed": {},
  "certificates-self-signed": {},
  "certificates-wrong-key": {},
  "certificates-garbage": { form: "not-a-certificate" },
};

export function faultRows(faults: readonly Fault[]): Markup {
  const rows = faults.map(({ kind, match, times, skip, ...parameters }, at) =>
    itemRow({
      key: `fault ${at}`,
      title: kind,
      facts: [
        chip(times === 0 ? "for ever" : `${times} to come`, "fault"),
        skip !== undefined && `after ${skip} more`,
        ...Object.entries(match ?? {}).map(([name, value]) => `${name} ${value}`),
        Object.keys(parameters).length > 0 && html`<code>${JSON.stringify(parameters)}</code>`,
      ],
    }),
  );
  return html`${rows}`;
}

export const faultForm = (
  paths: readonly string[],
): Markup => html`<form class="fault" data-form="fault">
<label>Kind <select name="kind">${Object.entries(EXAMPLES).map(
  ([kind, parameters]) =>
    html`<option data-example="${JSON.stringify(parameters)}">${kind}</option>`,
)}</select></label>
<label>Parameters <input name="parameters" spellcheck="false" autocomplete="off" value="${JSON.stringify(EXAMPLES.status)}"></label>
<label>Path <input name="path" list="paths" placeholder="any" spellcheck="false" autocomplete="off"></label>
<label>Times <input name="times" type="number" min="0" max="1000000" value="1" title="0 stands for ever"></label>
<datalist id="paths">${paths.map((path) => html`<option value="${path}"></option>`)}</datalist>
<button class="main">Add fault</button>
</form>`;
