import type { JournalEntry } from "../journal/journal.ts";

/** Consecutive calls that look the same in the journal, oldest first. */
export type AlikeCalls = readonly [first: JournalEntry, ...others: JournalEntry[]];

const signature = (entry: JournalEntry): string => {
  const { method, path, action, type, filename, status, code, fault, vid, media_id } = entry;
  const { mchid, appid } = entry;
  const told = [method, path, action, type, filename, status, code, fault, vid, media_id];
  return JSON.stringify([...told, mchid, appid]);
};

/** The entries from one id to another that look the same as the last. */
export function alikeBetween(
  entries: readonly JournalEntry[],
  first: string,
  last: string,
): readonly JournalEntry[] {
  const start = entries.findIndex(({ requestId }) => requestId === first);
  const end = entries.findIndex(({ requestId }) => requestId === last);
  const entry = entries[end];
  if (start < 0 || entry === undefined) return [];
  const wanted = signature(entry);
  return entries.slice(start, end + 1).filter((each) => signature(each) === wanted);
}

/** Folds polls and the blocks of a video into one row each; calls without an answer stay separate. */
export function foldAlike(entries: readonly JournalEntry[]): AlikeCalls[] {
  const folded: [JournalEntry, ...JournalEntry[]][] = [];
  let last = "";
  for (const entry of entries) {
    const next = entry.status === undefined ? "" : signature(entry);
    const group = folded.at(-1);
    if (group && next !== "" && next === last) group.push(entry);
    else folded.push([entry]);
    last = next;
  }
  return folded;
}
