import { addFault } from "./fault-form.ts";
import { find } from "./find.ts";
import { refresh } from "./live.ts";
import { send } from "./send.ts";

function advanceClock(form: HTMLFormElement): void {
  const advance = Number(find(HTMLSelectElement, '[name="advance"]', form).value);
  void send("clock", "POST", { advance }, "Advanced the clock");
}

const ACTIONS: Readonly<Record<string, (form: HTMLFormElement) => void>> = {
  clock: advanceClock,
  fault: addFault,
};

/** Writes the filter into the address, so that a bookmark and each refresh keep it. */
function filterJournal(form: HTMLFormElement): void {
  const query = new URLSearchParams();
  const text = find(HTMLInputElement, '[name="text"]', form).value;
  if (text !== "") query.set("text", text);
  if (find(HTMLInputElement, '[name="refused"]', form).checked) query.set("refused", "on");
  const search = query.size > 0 ? `?${query}` : "";
  history.replaceState(null, "", location.pathname + search + location.hash);
  void refresh();
}

export function startForms(): void {
  document.addEventListener("submit", (event) => {
    event.preventDefault();
    const form = event.target;
    if (form instanceof HTMLFormElement) ACTIONS[form.dataset["form"] ?? ""]?.(form);
  });
  const filter = find(HTMLFormElement, '[data-form="filter"]');
  filter.addEventListener("input", () => filterJournal(filter));
}
