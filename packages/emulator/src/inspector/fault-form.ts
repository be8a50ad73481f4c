import { raw } from "hono/html";
import type { Fault } from "../faults/fault.ts";
import { type HtmlValue, html, type Markup } from "../html/html.ts";
import { type FaultField, faultForms } from "./fault-fields.ts";
import { chip, itemRow } from "./item.ts";

export function faultRows(faults: readonly Fault[]): Markup {
  const rows = faults.map(({ kind, match, times, skip, ...parameters }, at) =>
    itemRow({
      key: `fault ${at}`,
      title: kind,
      facts: [
        chip(times === 0 ? "every time" : `${times} left`, "fault"),
        skip !== undefined && `after ${skip} more`,
        ...Object.entries(parameters).map(
          ([name, value]) => html`${name} <code>${JSON.stringify(value)}</code>`,
        ),
        ...Object.entries(match ?? {}).map(([name, value]) => html`${name} <code>${value}</code>`),
      ],
    }),
  );
  return html`${rows}`;
}

const required = (is: boolean | undefined): HtmlValue => (is ? raw(" required") : "");

function inputOf({ name, type, value = "", choices = [], ...field }: FaultField): Markup {
  if (type === "choice") {
    const options = choices.map((each) => html`<option>${each}</option>`);
    const given = typeof choices[0] === "number" ? "number" : "text";
    return html`<select name="${name}" data-type="${given}">${options}</select>`;
  }
  if (type === "flag") return html`<input type="checkbox" name="${name}" data-type="flag">`;
  const kind = type === "number" ? raw(' type="number" step="any"') : "";
  return html`<input${kind} name="${name}" data-type="${type}" value="${value}" spellcheck="false" autocomplete="off"${required(field.required)}>`;
}

const label = (field: FaultField): Markup =>
  html`<label class="${field.type === "flag" ? "check" : ""}"><span>${field.name}</span> ${inputOf(field)}</label>`;

/** The fields of each kind; the script shows those of the selected kind. */
const fieldsets = (): Markup[] =>
  faultForms.flatMap(([, forms]) =>
    Object.entries(forms).map(
      ([kind, { what, fields }]) =>
        html`<fieldset data-kind="${kind}"><p class="what">${what}</p>${fields.map(label)}</fieldset>`,
    ),
  );

const kinds = (): Markup[] =>
  faultForms.map(
    ([group, forms]) =>
      html`<optgroup label="${group}">${Object.keys(forms).map((kind) => html`<option>${kind}</option>`)}</optgroup>`,
  );

export const faultForm = (
  paths: readonly string[],
): Markup => html`<form class="fault" data-form="fault">
<label class="wide"><span>Kind</span> <select name="kind">${kinds()}</select></label>
${fieldsets()}
<fieldset class="match"><legend>Only for</legend>
<label class="wide"><span>path</span> <input name="path" list="paths" placeholder="any; may end in *" spellcheck="false" autocomplete="off"></label>
<label><span>filename</span> <input name="filename" placeholder="any" spellcheck="false" autocomplete="off"></label>
<label><span>action</span> <input name="action" placeholder="any" spellcheck="false" autocomplete="off"></label>
</fieldset>
<fieldset class="count">
<label><span>times</span> <input name="times" type="number" min="0" max="1000000" value="1" title="0 means every time"></label>
<label><span>skip first</span> <input name="skip" type="number" min="0" max="1000000" value="0"></label>
</fieldset>
<datalist id="paths">${paths.map((path) => html`<option value="${path}"></option>`)}</datalist>
<button class="main">Add fault</button>
</form>`;
