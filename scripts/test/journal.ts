// Checks the requests that a conformance run sent to the emulator.

/** The fields of a journal entry that are checked. */
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

/** Reads the access tokens that the emulator at `origin` has issued. */
export async function readTokens(origin: string): Promise<string[]> {
  const reply = await fetch(`${origin}/_emulator/tokens`);
  if (!reply.ok) throw new Error(`The emulator's tokens answered ${reply.status}.`);
  const accounts = (await reply.json()) as Record<string, { tokens: { token: string }[] }>;
  return Object.values(accounts).flatMap(({ tokens }) => tokens.map(({ token }) => token));
}

/**
 * Returns what is wrong with a journal: no request at all, which only a run of some tests may have, or
 * a body of unknown length, to which WeChat is reported to answer 412.
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
