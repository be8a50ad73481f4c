import { inject } from "vitest";

export interface EmulatorAddress {
  readonly baseUrl: string;
  readonly pay: {
    readonly mchid: string;
    readonly serialNo: string;
    readonly privateKey: string;
    readonly apiV3Key: string;
    readonly platformKeys: readonly { readonly platformKeyId: string; readonly key: string }[];
  };
}

/** An entry of the emulator's journal. */
export interface JournalEntry {
  readonly requestId: string;
  readonly path: string;
  readonly filename?: string;
  readonly headers: Readonly<Record<string, string>>;
}

interface StoredMedia {
  readonly media_id: string;
  readonly filename: string;
  readonly sha256: string;
  readonly size: number;
}

/** Returns the file that the emulator stored under a media_id. */
export async function storedMedia(mediaId: string): Promise<StoredMedia | undefined> {
  const { payMedia } = await control<{ payMedia: StoredMedia[] }>("media");
  return payMedia.find(({ media_id }) => media_id === mediaId);
}

/** Returns the requests with this file name that reached the emulator, complete or not. */
export async function journalOf(filename: string): Promise<JournalEntry[]> {
  const { entries } = await control<{ entries: JournalEntry[] }>("journal");
  return entries.filter((entry) => entry.filename === filename);
}

/** Makes the next upload with this file name fail. */
export function addFault(filename: string, fault: { kind: string; retryAfter?: number }) {
  return control("faults", { ...fault, match: { filename } });
}

async function control<Answer>(route: string, body?: object): Promise<Answer> {
  const reply = await fetch(
    `${inject("emulator").baseUrl}/_emulator/${route}`,
    body === undefined ? {} : { method: "POST", body: JSON.stringify(body) },
  );
  if (!reply.ok) throw new Error(`The emulator answered ${reply.status}: ${await reply.text()}`);
  return reply.json();
}
