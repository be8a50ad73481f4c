// What the emulator saw of a conformance run.

/** An entry of the emulator's journal, as far as it matters here. */
export interface JournalEntry {
  method: string;
  path: string;
  headers: Readonly<Record<string, string>>;
}

/** Reads the journal of the emulator at `origin`. */
export async function readJournal(origin: string): Promise<JournalEntry[]> {
  const reply = await fetch(`${origin}/_emulator/journal`);
  if (!reply.ok) throw new Error(`The emulator's journal answered ${reply.status}.`);
  return ((await reply.json()) as { entries: JournalEntry[] }).entries;
}

/**
 * What is wrong with a journal: a run that never reached the emulator proves nothing, unless it was
 * of some tests alone, and WeChat is reported to answer 412 to a body of unknown length.
 */
export function checkJournal(
  entries: readonly JournalEntry[],
  { mayBeEmpty = false } = {},
): string[] {
  if (entries.length === 0 && !mayBeEmpty) return ["No request reached the emulator."];
  return entries
    .filter(({ method, headers }) => {
      const hasBody = !["GET", "HEAD", "OPTIONS", "DELETE"].includes(method);
      return "transfer-encoding" in headers || (hasBody && !("content-length" in headers));
    })
    .map(({ method, path }) => `${method} ${path} came without a content-length.`);
}
