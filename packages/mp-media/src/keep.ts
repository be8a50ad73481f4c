import type { FileInput, KeyValueStore, MpClient } from "@wechat-edge/core";
import { type MpParts, mpParts } from "@wechat-edge/core/internal/mp";
import {
  abortable,
  checkInput,
  checkOptions,
  createSharedWork,
  given,
  ignoreErrors,
  longestCall,
  type OptionKinds,
  readChecked,
  SECONDS,
  type SharedWork,
  safeStore,
  UPLOAD_OPTIONS,
} from "@wechat-edge/core/internal/upload";
import { sendForm } from "./form.ts";
import type { MediaType } from "./limits.ts";
import { type MediaUploadOptions, mediaEndpoint, temporaryMedia } from "./temporary.ts";

/** Options of {@link keepMedia}. */
export interface KeepOptions extends MediaUploadOptions {
  /** Keeps the media_ids: a Map, Workers KV, unstorage, Deno KV. If it forgets or fails, the file is uploaded again. */
  readonly store: KeyValueStore;
  /** The media_id that WeChat refused with 40007. The file is then uploaded again. */
  readonly rejected?: string | undefined;
  /** Uploads again if fewer seconds than these are left of the three days; 21,600 (six hours) by default. */
  readonly margin?: number | undefined;
  /** Called with the error if the store throws, or takes over 2 seconds. */
  readonly onStoreError?: ((error: unknown) => void) | undefined;
}

const KEEP_OPTIONS: OptionKinds<KeepOptions> = {
  ...UPLOAD_OPTIONS,
  store: true,
  rejected: "text",
  margin: SECONDS,
  onStoreError: "function",
};

/** What {@link keepMedia} resolves with. */
export interface KeptMedia {
  readonly media_id: string;
  /** Unix seconds by WeChat's clock. */
  readonly expiresAt: number;
}

const DEFAULT_MARGIN_SECONDS = 6 * 3600;

/** Uploads in progress, shared by all callers of a client. */
const uploads = new WeakMap<MpParts["tokens"], Map<string, SharedWork<KeptMedia>>>();

/**
 * Resolves with a `media_id` that works now, for a file that you use again and again. Uploads the file at the first call,
 * and again before WeChat deletes it after three days.
 *
 * The key in the store is made of host, appid, type and SHA-256 of the content, so a file with another name is not
 * uploaded again. Calls at the same time share one upload; if one of them is aborted, the upload goes on for the others.
 *
 * Follows the tutorial of 2012: 可以每3天循环上传一次,更新media_id.
 *
 * @param file - a file as for {@link uploadMedia}, but no stream
 * @throws RangeError if `margin` is below 0
 * @throws the errors of {@link uploadMedia}
 *
 * @example
 * ```ts
 * import { createMpClient } from "@wechat-edge/core";
 * import { createEmulator, credentials } from "@wechat-edge/emulator";
 * import { sampleFile } from "@wechat-edge/emulator/samples";
 * import { keepMedia } from "@wechat-edge/mp-media";
 *
 * const mp = createMpClient({ ...credentials.mp, fetch: createEmulator().fetch });
 * const store = new Map<string, string>(); // or Workers KV, Deno KV, unstorage
 * const picture = sampleFile("picture.png");
 * const first = await keepMedia(mp, { type: "image" }, picture, { store });
 * const again = await keepMedia(mp, { type: "image" }, picture, { store });
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
  const { type } = input;
  const endpoint = mediaEndpoint(mp, type, options.limits);
  // Callers that share an upload may have different names and limits: each is checked. The file is read and inspected
  // once, so that the key belongs to the bytes that are uploaded.
  const checked = await readChecked(endpoint, file, { signal, sha256: true });
  const { sha256, total } = checked;
  const key = `wechat-edge:media:${mp.fileBaseUrl}:${mp.appid}:${type}:${sha256}`;
  const secondsLeft = ({ expiresAt }: KeptMedia): number => expiresAt - transport.now() / 1000;
  const isGood = (media: KeptMedia): boolean =>
    media.media_id !== rejected && secondsLeft(media) > margin;

  const upload = async (): Promise<KeptMedia> => {
    const kept = readKept(await store.get(key));
    if (kept !== undefined && isGood(kept)) return kept;
    const onProgress = ignoreErrors(options.onProgress);
    onProgress({ phase: "read", loaded: total, total });
    const reply = await sendForm(mp, endpoint, checked, { onProgress });
    const { media_id, expiresAt } = temporaryMedia(type, reply);
    const uploaded = { media_id, expiresAt };
    await store.set(key, { v: 1, media_id, expires_at: expiresAt }, secondsLeft(uploaded));
    return uploaded;
  };
  const underWay = uploadsOf(mp);
  const longest = 2 * longestCall(transport); // one for the token, one with it
  for (;;) {
    const shared = underWay.get(key) ?? createSharedWork<KeptMedia>({ longest });
    underWay.set(key, shared);
    const { value, own } = await abortable(shared.run(upload), signal).finally(() => {
      if (!shared.isUnderWay()) underWay.delete(key);
    });
    // A shared result may be the rejected media_id, or too old for this caller's margin.
    if (own || isGood(value)) return value;
  }
}

/** A file for {@link refreshKeptMedia}. */
export interface MediaToRefresh {
  readonly type: MediaType;
  readonly file: FileInput;
}

/** The result for one file. */
export type RefreshedMedia =
  | { readonly ok: true; readonly media_id: string; readonly expiresAt: number }
  | { readonly ok: false; readonly error: unknown };

const CRON_MARGIN_SECONDS = 86_400;

/**
 * Uploads the files of {@link keepMedia} again before they expire. Call it from a job that runs at least once a day.
 *
 * Files with less than `margin` seconds left (86,400 by default, one day) are uploaded one after another. A file that
 * fails does not stop the others.
 *
 * @returns one result for each file, in the same order: `{ ok: true, media_id, expiresAt }` or `{ ok: false, error }`
 * @throws TypeError or RangeError if an argument or option is wrong
 * @throws the signal's reason, if it aborts
 *
 * @example
 * ```ts
 * import { createMpClient } from "@wechat-edge/core";
 * import { createEmulator, credentials } from "@wechat-edge/emulator";
 * import { sampleFile } from "@wechat-edge/emulator/samples";
 * import { refreshKeptMedia } from "@wechat-edge/mp-media";
 *
 * const mp = createMpClient({ ...credentials.mp, fetch: createEmulator().fetch });
 * const store = new Map<string, string>(); // the store of keepMedia
 * const files = [{ type: "image" as const, file: sampleFile("picture.png") }];
 * const [picture] = await refreshKeptMedia(mp, files, { store });
 * console.log(picture?.ok); // true
 * ```
 */
export async function refreshKeptMedia(
  mp: MpClient,
  files: readonly MediaToRefresh[],
  options: Omit<KeepOptions, "rejected">,
): Promise<readonly RefreshedMedia[]> {
  checkOptions("refreshKeptMedia", options, KEEP_OPTIONS);
  const { signal, margin = CRON_MARGIN_SECONDS } = options;
  // A wrong call throws here, instead of becoming the result of each file.
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
