import { localiseTimes } from "./times.ts";

/** The details by address, kept for when their row is replaced. */
const read = new Map<string, string>();
const MAX_READ = 200;

async function textOf(address: string): Promise<string> {
  const known = read.get(address);
  if (known !== undefined) return known;
  const reply = await fetch(address);
  const text = reply.ok ? await reply.text() : `The emulator answered ${reply.status}.`;
  if (reply.ok) read.set(address, text);
  const [oldest] = read.keys();
  if (read.size > MAX_READ && oldest !== undefined) read.delete(oldest);
  return text;
}

async function fill(place: HTMLElement): Promise<void> {
  const address = place.dataset["read"] ?? "";
  delete place.dataset["read"];
  try {
    const parsed = new DOMParser().parseFromString(await textOf(address), "text/html");
    localiseTimes(parsed);
    place.replaceChildren(...parsed.body.childNodes);
  } catch {
    place.dataset["read"] = address;
  }
}

/** Fetches the details of the open rows. */
export async function readOpened(within: ParentNode): Promise<void> {
  const places = within.querySelectorAll<HTMLElement>("details[open] > [data-read]");
  await Promise.all([...places].map(fill));
}

export function startOpening(): void {
  // The event does not bubble.
  document.addEventListener("toggle", () => void readOpened(document), true);
}
