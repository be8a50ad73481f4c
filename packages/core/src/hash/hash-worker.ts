import { abortable } from "../async/abortable.ts";
import { MediaError, NetworkError } from "../errors.ts";
import { given } from "../given.ts";
import { checkOptions } from "../options.ts";
import { digest } from "./digest.ts";
import type { HashReport, HashRequest } from "./hash-worker-script.ts";
import type { DigestAlgorithm } from "./hasher.ts";

/** How far a file has been hashed, in bytes. */
type OnProgress = (progress: { phase: "hash"; loaded: number; total: number }) => void;

/**
 * The digest of a Blob or File as lower-case hex, like `digest`, but in a Web Worker of its own, so
 * that a page stays alive under a large video. Where the runtime has no `Worker`, it is `digest`.
 *
 * Bundlers that know `new Worker(new URL("./x.js", import.meta.url))`, such as Vite and webpack, find
 * the worker's script by themselves. For others, such as esbuild, name
 * `@wechat-edge/core/hash-worker-script` as a second entry point: the script is looked for beside the
 * bundle as `hash-worker-script.js`, or where `createWorker` says. A page without a bundler needs a
 * server that resolves package names, because import maps do not reach workers.
 *
 * @param file - the file; one that is no Blob cannot reach a worker
 * @param options - `signal`, which also ends the worker; `onProgress({ phase: "hash", loaded, total })`
 *   in bytes; `createWorker`, which starts the script elsewhere
 * @throws MediaError with reason `changed` where the file was written to, cut short or taken away
 * @throws NetworkError where the worker's script did not load
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
  file: Blob,
  algorithm: DigestAlgorithm,
  options: {
    signal?: AbortSignal | undefined;
    onProgress?: OnProgress | undefined;
    createWorker?: (() => Worker) | undefined;
  } = {},
): Promise<string> {
  checkOptions("digestInWorker", options, {
    signal: "signal",
    onProgress: "function",
    createWorker: "function",
  });
  const { signal, onProgress, createWorker } = options;
  if (!(file instanceof Blob)) {
    throw new TypeError(
      `digestInWorker takes a Blob or a File, not ${given(file)}: digest takes every source.`,
    );
  }
  signal?.throwIfAborted();
  if (createWorker === undefined && typeof Worker === "undefined") {
    return digest(file, algorithm, { signal, onProgress });
  }
  const worker = (createWorker ?? startWorker)();
  const listening = new AbortController();
  try {
    const answer = ask(worker, { file, algorithm }, onProgress, listening.signal);
    return await abortable(answer, signal);
  } finally {
    listening.abort();
    worker.terminate();
  }
}

function ask(
  worker: Worker,
  request: HashRequest,
  onProgress: OnProgress | undefined,
  listening: AbortSignal,
): Promise<string> {
  const total = request.file.size;
  return new Promise((resolve, reject) => {
    const take = (report: HashReport): void => {
      if ("digest" in report) resolve(report.digest);
      else if ("loaded" in report) onProgress?.({ phase: "hash", loaded: report.loaded, total });
      else if ("changed" in report) reject(new MediaError(report.changed, { reason: "changed" }));
      else reject(report.failure);
    };
    const onMessage = ({ data }: MessageEvent<HashReport>): void => {
      try {
        take(data);
      } catch (error) {
        reject(error); // onProgress threw it
      }
    };
    const onError = (event: ErrorEvent): void => {
      event.preventDefault();
      reject(
        new NetworkError(
          `The hash worker did not start: ${event.message || "its script did not load"}. ` +
            "It must lie beside the bundle as hash-worker-script.js, or createWorker must start it.",
        ),
      );
    };
    worker.addEventListener("message", onMessage, { signal: listening });
    worker.addEventListener("error", onError, { signal: listening });
    worker.postMessage(request, []);
  });
}

// Bundlers look for the second form as it stands. The first is for sources that run as they are.
function startWorker(): Worker {
  const here = import.meta.url;
  return /\.ts(?:[?#]|$)/.test(here)
    ? new Worker(new URL("./hash-worker-script.ts", here), { type: "module" })
    : new Worker(new URL("./hash-worker-script.js", import.meta.url), { type: "module" });
}
