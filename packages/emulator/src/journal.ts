export interface JournalEntry {
  /** Milliseconds on the emulator's clock when the request came in. */
  readonly time: number;
  readonly requestId: string;
  readonly method: string;
  readonly path: string;
  /** The headers that decide how a request fares; never Authorization. */
  readonly headers: Readonly<Record<string, string>>;
  /** Who signed, as far as Authorization could be read. */
  readonly mchid?: string;
  /** From the meta part, or where meta cannot be read, from the file part. */
  readonly filename?: string;
  readonly sha256?: string;
  /** Bytes of the file part. */
  readonly fileBytes?: number;
  /** Kinds of the faults applied, joined with "+". */
  readonly fault?: string;
  /** Absent until the request is answered, and for good when it is aborted or cut before. */
  readonly status?: number;
  /** The error code answered. */
  readonly code?: string;
}

/** An entry while its request is still in hand. */
export type JournalDraft = { -readonly [K in keyof JournalEntry]: JournalEntry[K] };

export interface Journal {
  /** Oldest first, at most the last 10,000. */
  entries: () => JournalEntry[];
  clear: () => void;
}

const MAX_ENTRIES = 10_000;

const HEADERS_OF_INTEREST = [
  "user-agent",
  "accept",
  "content-type",
  "content-length",
  "transfer-encoding",
  "wechatpay-serial",
];

export function createJournal(): Journal & { open(draft: JournalDraft): JournalDraft } {
  let drafts: JournalDraft[] = [];
  return {
    entries: () => drafts.map((draft) => ({ ...draft, headers: { ...draft.headers } })),
    clear() {
      drafts = [];
    },
    open(draft) {
      drafts.push(draft);
      if (drafts.length > MAX_ENTRIES) drafts.shift();
      return draft;
    },
  };
}

export function headersOfInterest(headers: Headers): Record<string, string> {
  const found: Record<string, string> = {};
  for (const name of HEADERS_OF_INTEREST) {
    const value = headers.get(name);
    if (value !== null) found[name] = value;
  }
  return found;
}
