import { find } from "./find.ts";
import { isPaused, refresh } from "./live.ts";

let timer: ReturnType<typeof setTimeout> | undefined;

/** Shows a message for a moment, an error for longer. */
export function say(text: string, bad = false): void {
  const said = find(HTMLElement, "#said");
  said.textContent = text;
  said.className = bad ? "bad" : "";
  clearTimeout(timer);
  timer = setTimeout(
    () => {
      said.textContent = "";
    },
    bad ? 8000 : 2500,
  );
}

/** Sends a body to a control route and shows the outcome. */
export async function send(
  route: string,
  method: string,
  body: unknown,
  done: string,
): Promise<void> {
  try {
    const reply = await fetch(`/_emulator/${route}`, {
      method,
      ...(method === "POST" && { body: JSON.stringify(body) }),
    });
    const answer = (await reply.json()) as { error?: string };
    if (reply.ok) say(done);
    else say(answer.error ?? `The emulator answered ${reply.status}.`, true);
  } catch (error) {
    say(`The emulator did not answer: ${String(error)}`, true);
  }
  if (!isPaused()) await refresh();
}
