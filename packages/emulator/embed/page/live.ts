import { find } from "./find.ts";
import { readOpened } from "./opened.ts";
import { renewPage } from "./rows.ts";
import { localiseTimes } from "./times.ts";

const live = find(HTMLElement, "#live");
const pause = find(HTMLButtonElement, "#pause");
let timer: ReturnType<typeof setTimeout> | undefined;
let turn = 0;

export const isPaused = (): boolean => pause.ariaPressed === "true";

function tell(state: string, text: string): void {
  if (live.textContent !== text) live.textContent = text;
  document.body.dataset["live"] = state;
}

/** Fetches the page now and then once a second; a later call replaces a running one. */
export async function refresh(): Promise<void> {
  clearTimeout(timer);
  turn += 1;
  const mine = turn;
  try {
    const reply = await fetch(location.pathname + location.search, { cache: "no-store" });
    if (!reply.ok) throw new Error(`status ${reply.status}`);
    const text = await reply.text();
    if (mine !== turn) return;
    // Without the head: its style has another nonce, which this page's policy refuses.
    const body = text.slice(text.indexOf("<body>"));
    const fresh = new DOMParser().parseFromString(body, "text/html");
    localiseTimes(fresh);
    renewPage(fresh);
    void readOpened(document);
    tell("yes", "Live");
  } catch {
    if (mine !== turn) return;
    tell("no", "No answer from the emulator");
  }
  timer = setTimeout(() => void refresh(), document.hidden ? 5000 : 1000);
}

export function startLive(): void {
  pause.addEventListener("click", () => {
    pause.ariaPressed = String(!isPaused());
    if (!isPaused()) {
      void refresh();
      return;
    }
    clearTimeout(timer);
    turn += 1;
    tell("paused", "Paused");
  });
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && !isPaused()) void refresh();
  });
  void refresh();
}
