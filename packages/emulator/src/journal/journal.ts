import { keepLast } from "./keep-last.ts";

/** A request to the API and its answer. */
export interface JournalEntry {
  /** When the request arrived, in milliseconds by the emulator's clock. */
  readonly time: number;
  /** The `Request-ID` of the reply; WeChat Pay sends it, the Official Account a `rid`. */
  readonly requestId: string;
  readonly method: string;
  readonly path: string;
  /** The headers that matter for the answer, never Authorization. */
  readonly headers: Readonly<Record<string, string>>;
  /** The merchant in Authorization, if it could be read. */
  readonly mchid?: string;
  /** The account of the access_token, or the account that requested one. */
  readonly appid?: string;
  /** The query parameter `action` of a call of the Official Account. */
  readonly action?: string;
  /** The query parameter `type` of a call of the Official Account. */
  readonly type?: string;
  /**
   * From the meta part, or from the file part if meta cannot be read; for a download the name under
   * which the file was uploaded.
   */
  readonly filename?: string;
  /** From the meta part. */
  readonly sha256?: string;
  /** The video of the call. */
  readonly vid?: string;
  /** The media, video, article or draft of the call. */
  readonly media_id?: string;
  /** The block number of a video upload, if it is a number. */
  readonly part_num?: number;
  /** The block had been received before. */
  readonly repeated?: true;
  /** Size in bytes of the file part or of the video block. */
  readonly fileBytes?: number;
  /** The kinds of the faults applied, joined with "+". */
  readonly fault?: string;
  /** What the answer does not say: why a form cannot be read, or what in it is unusual. */
  readonly notes?: readonly string[];
  /** The HTTP status; absent until the request is answered, and if it was aborted or cut before. */
  readonly status?: number;
  /** The error code of the answer; for the Official Account the errcode. */
  readonly code?: string;
  /** The rid at the end of an errmsg. */
  readonly rid?: string;
  /** For a download: the bytes that the client has taken so far. */
  readonly sentBytes?: number;
}

/** An entry whose request is being answered. */
export type JournalDraft = { -readonly [K in keyof JournalEntry]: JournalEntry[K] };

/** The calls so far, without control routes and article pages. */
export interface JournalControl {
  /** The last 10,000 calls, oldest first. */
  entries: () => JournalEntry[];
  /** Removes all entries. */
  clear: () => void;
}

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
      keepLast(drafts, draft);
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
