import { find } from "./find.ts";
import { say, send } from "./send.ts";

type Field = HTMLInputElement | HTMLSelectElement;

/** The value of a field in the type of the parameter; undefined for an empty field. */
function fieldValue(field: Field): unknown {
  const { type = "text" } = field.dataset as { type?: string };
  if (type === "flag") return field instanceof HTMLInputElement && field.checked ? true : undefined;
  if (field.value === "") return undefined;
  if (type === "number") return Number(field.value);
  return type === "json" ? JSON.parse(field.value) : field.value;
}

function valuesIn(fieldset: HTMLFieldSetElement): Record<string, unknown> {
  const fields = [...fieldset.querySelectorAll<Field>("input, select")];
  const said = fields.map((field) => [field.name, fieldValue(field)] as const);
  return Object.fromEntries(said.filter(([, value]) => value !== undefined));
}

/** Shows the fields of the selected kind; those of the others are disabled. */
function showKind(form: HTMLFormElement): void {
  const kind = find(HTMLSelectElement, '[name="kind"]', form).value;
  for (const fieldset of form.querySelectorAll<HTMLFieldSetElement>("[data-kind]")) {
    const chosen = fieldset.dataset["kind"] === kind;
    fieldset.hidden = !chosen;
    fieldset.disabled = !chosen;
  }
}

/** Adds the fault of the form. */
export function addFault(form: HTMLFormElement): void {
  const kind = find(HTMLSelectElement, '[name="kind"]', form).value;
  try {
    const parameters = valuesIn(find(HTMLFieldSetElement, `[data-kind="${kind}"]`, form));
    const match = valuesIn(find(HTMLFieldSetElement, ".match", form));
    const { times, skip } = valuesIn(find(HTMLFieldSetElement, ".count", form));
    const fault = {
      kind,
      ...parameters,
      times: Number(times ?? 1),
      ...(Number(skip ?? 0) !== 0 && { skip: Number(skip) }),
      ...(Object.keys(match).length > 0 && { match }),
    };
    void send("faults", "POST", fault, `Added: ${kind}`);
  } catch (error) {
    say(`Not JSON: ${error instanceof Error ? error.message : String(error)}`, true);
  }
}

export function startFaultForm(): void {
  const form = find(HTMLFormElement, '[data-form="fault"]');
  find(HTMLElement, '[name="kind"]', form).addEventListener("change", () => showKind(form));
  showKind(form);
}
