import type { AbortSignal } from "../async/abort-signal.ts";
import { abortable } from "../async/abortable.ts";
import { MAX_TIMER_MS } from "../async/max-timer.ts";
import type { BlobLike } from "../bytes/blob-like.ts";
import { MediaError, NetworkError } from "../errors.ts";
import { feature } from "../feature.ts";
import { given } from "../given.ts";
import { checkOptions } from "../options.ts";
import { digest } from "./digest.ts";
import type { HashOrder, HashReport, HashRequest } from "./hash-worker-script.ts";
import type { DigestAlgorithm } from "./hasher.ts";
import type { WorkerLike } from "./worker-like.ts";

export type { WorkerLike } from "./worker-like.ts";

/** Called with how many bytes of the file have been hashed. */
type OnProgress = (progress: { phase: "hash"; loaded: number; total: number }) => void;

/** Long enough for a slow network and a slow machine: hashing begins only when the script has loaded. */
const START_TIMEOUT_MS = 30_000;

/**
 * Hashes a Blob or File like `digest`, but in a Web Worker, so that a page does not freeze under a large video. In a
 * runtime without `Worker`, it calls `digest`.
 *
 * Vite, webpack, Parcel, Next.js and other bundlers that support `new Worker(new URL("./x.js", import.meta.url))` find
 * the worker's script by themselves. For the dev servers of Vite 6 and 7, set
 * `optimizeDeps: { exclude: ["@wechat-edge/core"] }`. For esbuild, Rollup and Bun, add
 * `@wechat-edge/core/hash-worker-script` as a second entry point: the script must be beside the bundle, as
 * `hash-worker-script.js`, or where `createWorker` loads it from. A page without a bundler needs a server that resolves
 * package names, because import maps do not apply in workers.
 *
 * @param file - a Blob or File; anything else cannot be passed to a worker
 * @param algorithm - `"SHA-1"` or `"SHA-256"`
 * @param options - `signal` stops the worker; `onProgress` is called with `{ phase: "hash", loaded, total }` in bytes;
 *   `createWorker` starts the worker in place of the default, for example with a file of yours that imports
 *   `@wechat-edge/core/hash-worker-script`; `startTimeout` is how many milliseconds the worker may take to start,
 *   30,000 by default
 * @returns the digest in lower-case hexadecimal
 * @throws TypeError if the file is not a Blob
 * @throws MediaError with the reason `changed` if the file was changed, cut short or removed
 * @throws NetworkError if the worker's script does not load, or is not ready in time
 *
 * @example
 * ```ts
 * import { digestInWorker } from "@wechat-edge/core/hash-worker";
 *
 * const video = new Blob(["abc"]);
 * const sha1 = await digestInWorker(video, "SHA-1");
 * console.log(sha1); // a9993e364706816aba3e25717850c26c9cd0d89d
 * ```
 */
export async function digestInWorker(
  file: BlobLike,
  algorithm: DigestAlgorithm,
  options: {
    signal?: AbortSignal | undefined;
    onProgress?: OnProgress | undefined;
    createWorker?: (() => WorkerLike) | undefined;
    startTimeout?: number | undefined;
  } = {},
): Promise<string> {
  checkOptions("digestInWorker", options, {
    signal: "signal",
    onProgress: "function",
    createWorker: "function",
    startTimeout: "timeout",
  });
  const { signal, onProgress, createWorker, startTimeout = START_TIMEOUT_MS } = options;
  const kind = Object.prototype.toString.call(file); // not instanceof, which refuses a Blob of another frame
  if (kind !== "[object Blob]" && kind !== "[object File]") {
    throw new TypeError(
      `digestInWorker takes a Blob or a File, not ${given(file)}: digest takes every source.`,
    );
  }
  signal?.throwIfAborted();
  if (createWorker === undefined && feature(() => Worker) === undefined) {
    return digest(file, algorithm, { signal, onProgress });
  }
  const worker = (createWorker ?? startWorker)() as Worker;
  for (const method of ["addEventListener", "postMessage", "terminate"] as const) {
    if (typeof (worker as Partial<Worker> | null | undefined)?.[method] === "function") continue;
    throw new TypeError(
      `createWorker must return a Web Worker, not ${given(worker)}: it has no function ${method}.`,
    );
  }
  const listening = new AbortController();
  try {
    const request: HashRequest = { hashWorker: "hash", file, algorithm };
    const answer = ask(worker, request, { onProgress, startTimeout, listening: listening.signal });
    return await abortable(answer, signal);
  } finally {
    listening.abort();
    worker.terminate();
  }
}

/** Sends the request once the worker is ready: before it listens, a message may be lost. */
function ask(
  worker: Worker,
  request: HashRequest,
  options: { onProgress: OnProgress | undefined; startTimeout: number; listening: AbortSignal },
): Promise<string> {
  const { onProgress, startTimeout, listening } = options;
  const total = request.file.size;
  return new Promise((resolve, reject) => {
    let isReady = false;
    const late = (): void => reject(notReady(startTimeout));
    const timer = setTimeout(late, Math.min(startTimeout, MAX_TIMER_MS));
    listening.addEventListener("abort", () => clearTimeout(timer));
    const take = (report: HashReport | undefined): void => {
      switch (report?.hashWorker) {
        case "ready":
          clearTimeout(timer);
          if (isReady) return;
          isReady = true;
          worker.postMessage(request, []);
          return;
        case "progress":
          onProgress?.({ phase: "hash", loaded: report.loaded, total });
          return;
        case "digest":
          resolve(report.digest);
          return;
        case "changed":
          reject(
            new MediaError(`The file could not be read: ${report.why}`, { reason: "changed" }),
          );
          return;
        case "failure":
          reject(report.failure);
          return;
        case undefined: // a message of the application's
      }
    };
    const onMessage = ({ data }: MessageEvent<HashReport | undefined>): void => {
      try {
        take(data);
      } catch (error) {
        reject(error); // onProgress threw, or the file cannot be sent
      }
    };
    const onError = (event: ErrorEvent): void => {
      event.preventDefault();
      const why = event.message || (isReady ? "no reason is known" : "its script did not load");
      reject(isReady ? new NetworkError(`The hash worker failed: ${why}.`) : notLoaded(why));
    };
    worker.addEventListener("message", onMessage, { signal: listening });
    worker.addEventListener("error", onError, { signal: listening });
    worker.postMessage({ hashWorker: "hello" } satisfies HashOrder, []);
  });
}

// Bundlers look for exactly this expression; scripts/build/fix-extensions.mjs changes the extension in dist.
function startWorker(): Worker {
  try {
    return new Worker(new URL("./hash-worker-script.ts", import.meta.url), { type: "module" });
  } catch (cause) {
    throw new NetworkError(
      `The page may not start the hash worker: ${String(cause)}. Allow it in the page's policy (worker-src, trusted-types), or start it with createWorker.`,
      { cause },
    );
  }
}

function notLoaded(why: string): NetworkError {
  return new NetworkError(
    `The hash worker did not start: ${why}. In the dev server of Vite 6 or 7, set optimizeDeps: { exclude: ["@wechat-edge/core"] }. For a bundler that does not find the script, make @wechat-edge/core/hash-worker-script an entry point, beside the bundle as hash-worker-script.js, or start it with createWorker.`,
  );
}

function notReady(startTimeout: number): NetworkError {
  return new NetworkError(
    `The hash worker was not ready within ${startTimeout} ms. A worker file of your own, started by createWorker, must import "@wechat-edge/core/hash-worker-script", and its bundler must keep that import. Where the machine or the network is slow, set a longer startTimeout.`,
  );
}
