/** A request to the API, and how it was answered. */
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
  /** The account of the access_token, or that asked for one. */
  readonly appid?: string;
  /** `action` and `type` in the query of a call of the Official Account. */
  readonly action?: string;
  readonly type?: string;
  /**
   * From the meta part, or where there is none that can be read, from the file part; for a download
   * the name under which the file came.
   */
  readonly filename?: string;
  readonly sha256?: string;
  /** Of a call about a video or an article, as far as it says. */
  readonly vid?: string;
  readonly media_id?: string;
  /** The number of a video's block, where it is a number. */
  readonly part_num?: number;
  /** The block had come before. */
  readonly repeated?: true;
  /** Bytes of the file part, or of a video's block. */
  readonly fileBytes?: number;
  /** Kinds of the faults applied, joined with "+". */
  readonly fault?: string;
  /** Absent until the request is answered, and for good when it is aborted or cut before. */
  readonly status?: number;
  /** The error code answered; of the Official Account the errcode. */
  readonly code?: string;
  /** The rid in the tail of an errmsg. */
  readonly rid?: string;
  /** Of a download: the bytes that the socket or the reader has taken so far. */
  readonly sentBytes?: number;
}

/** An entry while its request is still in hand. */
export type JournalDraft = { -readonly [K in keyof JournalEntry]: JournalEntry[K] };

/** The requests that came in, those to the control routes and to pages left out. */
export interface JournalControl {
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

export function createJournal(): JournalControl & { open(draft: JournalDraft): JournalDraft } {
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

export function headersOfInterest(headers: {
  get(name: string): string | null;
}): Record<string, string> {
  const found: Record<string, string> = {};
  for (const name of HEADERS_OF_INTEREST) {
    const value = headers.get(name);
    if (value !== null) found[name] = value;
  }
  return found;
}
