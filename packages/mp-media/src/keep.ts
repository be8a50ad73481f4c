import { createSource, type FileInput, type KeyValueStore, type MpClient } from "@wechat-edge/core";
import { type MpParts, mpParts } from "@wechat-edge/core/internal/mp";
import {
  abortable,
  checkInput,
  checkOptions,
  createSharedWork,
  digestBytes,
  given,
  type OptionKinds,
  type SharedWork,
  safeStore,
  UPLOAD_OPTIONS,
} from "@wechat-edge/core/internal/upload";
import type { MediaType } from "./limits.ts";
import { checkMedia, type MediaUploadOptions, uploadMedia } from "./temporary.ts";

/** Options of {@link keepMedia}. */
export interface KeepOptions extends MediaUploadOptions {
  /** Where media_ids are kept; of the same kind as a token store. It may forget: the file is then uploaded again. */
  readonly store: KeyValueStore;
  /** The media_id that WeChat has answered 40007 to: it is uploaded again. */
  readonly rejected?: string | undefined;
  /** Seconds of life left at which the file is uploaded again; 21,600 (six hours) by default. */
  readonly margin?: number | undefined;
  /** Told what the store threw, or that it did not answer. */
  readonly onStoreError?: ((error: unknown) => void) | undefined;
}

const KEEP_OPTIONS: OptionKinds<KeepOptions> = {
  ...UPLOAD_OPTIONS,
  store: true,
  rejected: "text",
  margin: "seconds",
  onStoreError: "function",
};

/** Media that is there now. */
export interface KeptMedia {
  readonly media_id: string;
  /** Unix seconds by WeChat's clock. */
  readonly expiresAt: number;
}

const DEFAULT_MARGIN_SECONDS = 6 * 3600;

/** Uploads under way, so that a client's callers share one. */
const uploads = new WeakMap<MpParts["tokens"], Map<string, SharedWork<KeptMedia>>>();

/**
 * Gives a `media_id` for a file that is used again and again: uploads it once for its content and account,
 * and again before WeChat deletes it after three days. Callers of one client that come at once share one upload,
 * which goes on where one of them aborts.
 *
 * The advice is that of the tutorial of 2012: 可以每3天循环上传一次,更新media_id.
 *
 * @param options - `store` keeps what was uploaded; `rejected` is a media_id that WeChat refused with 40007
 * @throws what {@link uploadMedia} throws
 *
 * @example
 * ```ts
 * const store = new Map<string, string>();
 * const cat = new File([jpeg], "cat.jpg");
 * const first = await keepMedia(mp, { type: "image" }, cat, { store });
 * const again = await keepMedia(mp, { type: "image" }, cat, { store });
 * console.log(first.media_id === again.media_id); // true
 * ```
 */
export async function keepMedia(
  mp: MpClient,
  input: { readonly type: MediaType },
  file: FileInput,
  options: KeepOptions,
): Promise<KeptMedia> {
  checkInput("keepMedia", input, "{ type }");
  checkOptions("keepMedia", options, KEEP_OPTIONS);
  const { signal, rejected, margin = DEFAULT_MARGIN_SECONDS } = options;
  const { transport } = mpParts(mp);
  const store = safeStore("store", options.store, options.onStoreError);
  // Each caller's own name and limits: an upload that is shared has passed the checks of all.
  const source = createSource(file);
  await checkMedia(input, source, options);
  // Read once: what the key stands for is what is uploaded.
  const bytes = await source.read(0, source.size, { signal });
  const sha256 = await digestBytes(bytes, "SHA-256");
  const content = createSource(bytes, { name: source.name });
  const key = `wechat-edge:media:${mp.fileBaseUrl}:${mp.appid}:${input.type}:${sha256}`;
  const secondsLeft = ({ expiresAt }: KeptMedia): number => expiresAt - transport.now() / 1000;
  const isGood = (media: KeptMedia): boolean =>
    media.media_id !== rejected && secondsLeft(media) > margin;

  const upload = async (): Promise<KeptMedia> => {
    const kept = readKept(await store.get(key));
    if (kept !== undefined && isGood(kept)) return kept;
    const { limits, onProgress } = options;
    const { media_id, expiresAt } = await uploadMedia(mp, input, content, { limits, onProgress });
    const uploaded = { media_id, expiresAt };
    await store.set(key, { v: 1, media_id, expires_at: expiresAt }, secondsLeft(uploaded));
    return uploaded;
  };
  const underWay = uploadsOf(mp);
  for (;;) {
    const shared = underWay.get(key) ?? createSharedWork<KeptMedia>();
    underWay.set(key, shared);
    const { value, own } = await abortable(shared.run(upload), signal).finally(() => {
      if (!shared.isUnderWay()) underWay.delete(key);
    });
    // What was joined may be the very media that was rejected, or too old for this caller.
    if (own || isGood(value)) return value;
  }
}

/** A file that {@link refreshKeptMedia} looks after. */
export interface MediaToRefresh {
  readonly type: MediaType;
  readonly file: FileInput;
}

/** What became of one file. */
export type RefreshedMedia =
  | { readonly ok: true; readonly media_id: string; readonly expiresAt: number }
  | { readonly ok: false; readonly error: unknown };

const CRON_MARGIN_SECONDS = 86_400;

/**
 * Renews what {@link keepMedia} keeps before it runs out: for a job that runs every day or more often.
 * Each file with less than `margin` seconds left (a day by default) is uploaded again, one after another;
 * one that fails does not stop the others.
 *
 * @returns one result for each file, in their order
 * @throws the signal's own reason
 *
 * @example
 * ```ts
 * const store = new Map<string, string>();
 * const files = [{ type: "image" as const, file: new File([jpeg], "cat.jpg") }];
 * const [cat] = await refreshKeptMedia(mp, files, { store });
 * console.log(cat?.ok); // true
 * ```
 */
export async function refreshKeptMedia(
  mp: MpClient,
  files: readonly MediaToRefresh[],
  options: Omit<KeepOptions, "rejected">,
): Promise<readonly RefreshedMedia[]> {
  checkOptions("refreshKeptMedia", options, KEEP_OPTIONS);
  const { signal, margin = CRON_MARGIN_SECONDS } = options;
  // Before any is uploaded: what is wrong with the call is no result of a file.
  mpParts(mp);
  safeStore("store", options.store);
  if (!Array.isArray(files)) {
    throw new TypeError(`files must be an array of { type, file }, not ${given(files)}.`);
  }
  for (const one of files) checkInput("refreshKeptMedia", one, "files, each { type, file }");
  const results: RefreshedMedia[] = [];
  for (const { type, file } of files as readonly MediaToRefresh[]) {
    signal?.throwIfAborted();
    try {
      const kept = await keepMedia(mp, { type }, file, { ...options, margin });
      results.push({ ok: true, ...kept });
    } catch (error) {
      signal?.throwIfAborted();
      results.push({ ok: false, error });
    }
  }
  return results;
}

function uploadsOf(mp: MpClient): Map<string, SharedWork<KeptMedia>> {
  const { tokens } = mpParts(mp);
  const underWay = uploads.get(tokens) ?? new Map<string, SharedWork<KeptMedia>>();
  uploads.set(tokens, underWay);
  return underWay;
}

function readKept(object: Readonly<Record<string, unknown>> | undefined): KeptMedia | undefined {
  const { v, media_id, expires_at } = object ?? {};
  const isOurs =
    v === 1 && typeof media_id === "string" && media_id !== "" && Number.isFinite(expires_at);
  return isOurs ? { media_id, expiresAt: expires_at as number } : undefined;
}
