// The script of digestInWorker's Web Worker.

import type { BlobLike } from "../bytes/blob-like.ts";
import { encodeHex } from "../bytes/hex.ts";
import { createHasher, type DigestAlgorithm, type Hasher } from "./hasher.ts";

/** A message to the worker: `hello`, which it answers with `ready`, and then, once, the file to hash. */
export type HashOrder = { readonly hashWorker: "hello" } | HashRequest;

/** The file to hash. */
export interface HashRequest {
  readonly hashWorker: "hash";
  readonly file: BlobLike;
  readonly algorithm: DigestAlgorithm;
}

/** A message from the worker: that it is ready, the bytes hashed so far, and last the digest or the failure. */
export type HashReport =
  | { readonly hashWorker: "ready" }
  | { readonly hashWorker: "progress"; readonly loaded: number }
  | HashResult;

type HashResult =
  | { readonly hashWorker: "digest"; readonly digest: string }
  | { readonly hashWorker: "changed"; readonly why: string }
  | { readonly hashWorker: "failure"; readonly failure: unknown };

const REPORT_BYTES = 1024 * 1024;

// Deno's types declare these for a page, not for a worker.
declare function addEventListener<T>(
  type: "message",
  listener: (event: MessageEvent<T>) => void,
): void;
declare function postMessage(report: HashReport): void;

addEventListener("message", ({ data }: MessageEvent<HashOrder | undefined>) => {
  if (data?.hashWorker === "hello") tell({ hashWorker: "ready" });
  if (data?.hashWorker !== "hash") return; // a message of the application's
  answer(data).then(tell, (failure: unknown) => tell({ hashWorker: "failure", failure }));
});
// For a page whose hello came before this script listened.
tell({ hashWorker: "ready" });

async function answer({ file, algorithm }: HashRequest): Promise<HashResult> {
  const hasher = createHasher(algorithm);
  const broken = await hashStream(file, hasher);
  const why = (await whyUnreadable(file)) ?? broken;
  if (why !== undefined) return { hashWorker: "changed", why };
  return { hashWorker: "digest", digest: encodeHex(await hasher.digest()) };
}

/** Resolves with why it could not read to the end, or undefined. A stream is one and a half times as fast as slices. */
async function hashStream(file: BlobLike, hasher: Hasher): Promise<string | undefined> {
  const reader = file.stream().getReader();
  let loaded = 0;
  let told = 0;
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      await hasher.update(part.value);
      loaded += part.value.byteLength;
      if (loaded - told < REPORT_BYTES && loaded < file.size) continue;
      told = loaded;
      tell({ hashWorker: "progress", loaded });
    }
  } catch (error) {
    return String(error);
  }
  return loaded === file.size
    ? undefined
    : `${loaded} bytes were read, and its size is ${file.size}`;
}

/** Chromium's stream reads on when the file is written to, and never says why it broke off: this asks. */
async function whyUnreadable(file: BlobLike): Promise<string | undefined> {
  try {
    await file.slice(0, 1).arrayBuffer();
    return undefined;
  } catch (error) {
    return String(error);
  }
}

function tell(report: HashReport): void {
  postMessage(report);
}
