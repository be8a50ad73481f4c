import { find } from "./find.ts";

const nav = find(HTMLElement, "nav");
const tabs = [...nav.querySelectorAll<HTMLAnchorElement>("[data-tab]")];
const nameOf = (tab: HTMLAnchorElement): string => tab.dataset["tab"] ?? "";

function choose(name: string): void {
  document.body.dataset["tab"] = name;
  for (const tab of tabs) {
    const chosen = nameOf(tab) === name;
    tab.ariaSelected = String(chosen);
    tab.tabIndex = chosen ? 0 : -1;
  }
}

/** The left and right arrow keys move between tabs. */
function step(event: KeyboardEvent): void {
  const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  const shown = tabs.filter((tab) => tab.offsetParent !== null);
  const at = shown.findIndex((tab) => tab.matches(":focus"));
  if (by === undefined || at < 0) return;
  const next = shown.at((at + by) % shown.length);
  next?.focus();
  next?.click();
}

/** Turns the links into tabs and keeps the selected one in the address. */
export function startTabs(): void {
  nav.role = "tablist";
  for (const tab of tabs) {
    tab.role = "tab";
    tab.setAttribute("aria-controls", `${nameOf(tab)}-panel`);
    find(HTMLElement, `#${nameOf(tab)}-panel`).role = "tabpanel";
    tab.addEventListener("click", (event) => {
      event.preventDefault();
      history.replaceState(null, "", `#${nameOf(tab)}`);
      choose(nameOf(tab));
    });
  }
  nav.addEventListener("keydown", step);
  const named = location.hash.slice(1);
  choose(tabs.some((tab) => nameOf(tab) === named) ? named : "journal");
}
