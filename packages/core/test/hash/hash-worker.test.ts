// digestInWorker with its real script, in a thread of Node's dressed as a Web Worker.

import { createHash } from "node:crypto";
import { Worker as Thread } from "node:worker_threads";
import { afterEach, describe, expect, it, vi } from "vitest";
import { digest } from "../../src/hash/digest.ts";
import { digestInWorker } from "../../src/hash/hash-worker.ts";
import type { HashOrder, HashReport } from "../../src/hash/hash-worker-script.ts";
import type { DigestAlgorithm } from "../../src/hash/hasher.ts";

const bytes = Uint8Array.from({ length: 3_500_000 }, (_, i) => (i * 7 + (i >> 9)) & 255);
const sha1 = createHash("sha1").update(bytes).digest("hex");
const scriptUrl = new URL("../../src/hash/hash-worker-script.ts", import.meta.url);

/** What the threads of one test did. */
const threads: { url: string; exit: Promise<number> }[] = [];

class WebWorker extends EventTarget {
  readonly #thread: Thread;

  /** @param prelude - what happens to the thread before the script loads */
  constructor(url: URL, options: { type: string }, prelude = "") {
    super();
    expect(options).toEqual({ type: "module" });
    this.#thread = new Thread(
      `const { parentPort, workerData } = require("node:worker_threads");
      globalThis.postMessage = (message) => parentPort.postMessage(message);
      globalThis.addEventListener = (type, listener) => parentPort.on(type, (data) => listener({ data }));
      (async () => {
        ${prelude}
        await import(workerData);
      })();`,
      { eval: true, workerData: url.href },
    );
    this.#thread.on("message", (data) => this.dispatchEvent(new MessageEvent("message", { data })));
    this.#thread.on("error", (error) => {
      const event = new Event("error", { cancelable: true });
      this.dispatchEvent(Object.assign(event, { message: String(error) }));
      // In Deno an error that nobody prevents ends the process.
      expect(event.defaultPrevented).toBe(true);
    });
    const exit = new Promise<number>((resolve) => this.#thread.once("exit", resolve));
    threads.push({ url: url.href, exit });
  }

  postMessage(message: unknown): void {
    this.#thread.postMessage(message, []);
  }

  terminate(): void {
    void this.#thread.terminate();
  }
}

/** A worker whose answers come at once. */
function fakeWorker(
  answer: (order: HashOrder) => HashReport | undefined,
): Worker & { report(data: unknown): void } {
  const target = new EventTarget();
  const report = (data: unknown): void => {
    target.dispatchEvent(new MessageEvent("message", { data }));
  };
  const postMessage = (order: HashOrder): void => {
    const data = answer(order);
    if (data !== undefined) report(data);
  };
  const worker = Object.assign(target, { postMessage, report, terminate: () => undefined });
  return worker as unknown as Worker & { report(data: unknown): void };
}

function workerAfter(prelude: string): () => Worker {
  return () => new WebWorker(scriptUrl, { type: "module" }, prelude) as unknown as Worker;
}
const createWorker = workerAfter("");

afterEach(async () => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  // Each test's threads have ended, whatever the outcome: else this waits for ever.
  await Promise.all(threads.splice(0).map(({ exit }) => exit));
});

const unreadable = `Blob.prototype.slice = () => ({
  arrayBuffer: () => Promise.reject(new DOMException("It was written to.", "NotReadableError")),
});`;
const broken = `Blob.prototype.stream = () => new ReadableStream({
  start: (controller) => controller.error(new TypeError("network error")),
});`;
const short = `const { stream } = Blob.prototype;
  Blob.prototype.stream = () => stream.call(new Blob(["short"]));`;
/** How browsers were seen to behave, played in the thread. */
const changes = {
  "the stream went on, a slice fails": {
    prelude: unreadable,
    why: "NotReadableError: It was written to.",
  },
  "the stream broke off, a slice says why": {
    prelude: broken + unreadable,
    why: "NotReadableError: It was written to.",
  },
  "the stream broke off": { prelude: broken, why: "TypeError: network error" },
  "the stream ended early": {
    prelude: short,
    why: `5 bytes were read, and its size is ${bytes.length}`,
  },
};

describe("digestInWorker", () => {
  it.each<DigestAlgorithm>(["SHA-1", "SHA-256"])(
    "returns what digest returns: %s",
    async (algorithm) => {
      const file = new File([bytes], "clip.mp4");
      const inWorker = await digestInWorker(file, algorithm, { createWorker });
      expect(inWorker).toBe(await digest(file, algorithm));
      expect(threads).toHaveLength(1);
    },
  );

  it("starts the script that lies beside it, with its own extension", async () => {
    vi.stubGlobal("Worker", WebWorker);
    expect(await digestInWorker(new Blob([bytes]), "SHA-1")).toBe(sha1);
    expect(threads.map(({ url }) => url)).toEqual([scriptUrl.href]);
  });

  it("works on the same thread where there is no Worker", async () => {
    vi.stubGlobal("Worker", undefined);
    const seen: number[] = [];
    const onProgress = ({ loaded }: { loaded: number }) => void seen.push(loaded);
    expect(await digestInWorker(new Blob([bytes]), "SHA-1", { onProgress })).toBe(sha1);
    expect(seen).toEqual([1_048_576, 2_097_152, 3_145_728, 3_500_000]);
    expect(threads).toEqual([]);
  });

  it("hashes an empty file", async () => {
    const empty = "da39a3ee5e6b4b0d3255bfef95601890afd80709";
    expect(await digestInWorker(new Blob([]), "SHA-1", { createWorker })).toBe(empty);
  });

  it("reports progress about once a MiB, up to the whole file", async () => {
    const seen: number[] = [];
    // Node's stream gives one part after another.
    const parts = Array.from({ length: 7 }, (_, i) =>
      bytes.subarray(i * 500_000, (i + 1) * 500_000),
    );
    await digestInWorker(new Blob(parts), "SHA-1", {
      createWorker,
      onProgress: ({ phase, loaded, total }) => {
        expect([phase, total]).toEqual(["hash", bytes.length]);
        seen.push(loaded);
      },
    });
    expect(seen).toEqual([1_500_000, 3_000_000, 3_500_000]);
  });

  it("ends the worker on abort and rejects with the signal's reason", async () => {
    const reason = new Error("no longer wanted");
    const abort = new AbortController();
    const seen: number[] = [];
    const work = digestInWorker(new Blob([bytes]), "SHA-1", {
      createWorker,
      signal: abort.signal,
      onProgress: ({ loaded }) => {
        seen.push(loaded);
        abort.abort(reason);
      },
    });
    await expect(work).rejects.toBe(reason);
    await threads[0]?.exit;
    expect(seen).toHaveLength(1);
  });

  it("tells of no progress once it has ended", async () => {
    const worker = fakeWorker((order) =>
      order.hashWorker === "hello"
        ? { hashWorker: "ready" }
        : { hashWorker: "progress", loaded: 1 },
    );
    worker.terminate = () => worker.report({ hashWorker: "progress", loaded: 2 });
    const abort = new AbortController();
    const seen: number[] = [];
    const work = digestInWorker(new Blob([bytes]), "SHA-1", {
      createWorker: () => worker,
      signal: abort.signal,
      onProgress: ({ loaded }) => void seen.push(loaded),
    });
    abort.abort();
    await expect(work).rejects.toBe(abort.signal.reason);
    expect(seen).toEqual([1]);
  });

  it("starts no worker for a signal that has aborted", async () => {
    const reason = new Error("not wanted");
    const options = { createWorker, signal: AbortSignal.abort(reason) };
    await expect(digestInWorker(new Blob([bytes]), "SHA-1", options)).rejects.toBe(reason);
    expect(threads).toEqual([]);
  });

  it("rejects with what onProgress throws", async () => {
    const error = new Error("out of paint");
    const onProgress = (): void => {
      throw error;
    };
    const work = digestInWorker(new Blob([bytes]), "SHA-1", { createWorker, onProgress });
    await expect(work).rejects.toBe(error);
  });

  it.each(Object.entries(changes))("says that the file changed: %s", async (_, change) => {
    const options = { createWorker: workerAfter(change.prelude) };
    await expect(digestInWorker(new Blob([bytes]), "SHA-1", options)).rejects.toMatchObject({
      name: "MediaError",
      reason: "changed",
      message: `The file could not be read: ${change.why}`,
    });
  });

  it("refuses an algorithm that WeChat does not use", async () => {
    const work = digestInWorker(new Blob([bytes]), "MD5" as DigestAlgorithm, { createWorker });
    await expect(work).rejects.toThrow(TypeError);
    await expect(work).rejects.toThrow(/"SHA-1" or "SHA-256", not "MD5"/);
  });

  it("refuses what is no Blob", async () => {
    const work = digestInWorker(bytes as unknown as Blob, "SHA-1", { createWorker });
    await expect(work).rejects.toThrow(/a Blob or a File, not a Uint8Array of \d+ bytes/);
  });

  it("says so where the script does not load", async () => {
    const missing = new URL("./nowhere.js", import.meta.url);
    const work = digestInWorker(new Blob([bytes]), "SHA-1", {
      createWorker: () => new WebWorker(missing, { type: "module" }),
    });
    await expect(work).rejects.toMatchObject({
      code: "ERR_NETWORK",
      message: expect.stringContaining("The hash worker did not start: Error: Cannot find module"),
    });
  });

  it("says so where the worker is not ready in time, and ends it", async () => {
    // A bundler that takes the import of the script out of a worker's file leaves a file that does nothing.
    const empty = new URL("data:text/javascript,");
    const work = digestInWorker(new Blob([bytes]), "SHA-1", {
      createWorker: () => new WebWorker(empty, { type: "module" }),
      startTimeout: 300,
    });
    await expect(work).rejects.toMatchObject({
      code: "ERR_NETWORK",
      message: expect.stringMatching(/not ready within 300 ms.*hash-worker-script.*startTimeout/),
    });
  });

  it("gives hashing all the time it takes", async () => {
    vi.useFakeTimers();
    const worker = fakeWorker(({ hashWorker }) => {
      if (hashWorker === "hello") return { hashWorker: "ready" };
      setTimeout(() => worker.report({ hashWorker: "digest", digest: sha1 }), 3_600_000);
      return undefined;
    });
    const options = { createWorker: () => worker, startTimeout: 1000 };
    const work = digestInWorker(new Blob([bytes]), "SHA-1", options);
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(await work).toBe(sha1);
  });

  it("takes a worker that was started before, and one that listens late", async () => {
    const early = createWorker();
    await new Promise((resolve) => early.addEventListener("message", resolve, { once: true }));
    const options = { createWorker: () => early };
    expect(await digestInWorker(new Blob([bytes]), "SHA-1", options)).toBe(sha1);
    const late = `await new Promise((resolve) => parentPort.once("message", resolve));`;
    const lateWorker = { createWorker: workerAfter(late) };
    expect(await digestInWorker(new Blob([bytes]), "SHA-1", lateWorker)).toBe(sha1);
  });

  it("sends the file once, however often the worker says that it is ready", async () => {
    const orders: string[] = [];
    const worker = fakeWorker(({ hashWorker }) => {
      orders.push(hashWorker);
      if (hashWorker === "hello") worker.report({ hashWorker: "ready" });
      return { hashWorker: "ready" };
    });
    const abort = new AbortController();
    const options = { createWorker: () => worker, signal: abort.signal };
    const work = digestInWorker(new Blob([bytes]), "SHA-1", options);
    abort.abort();
    await expect(work).rejects.toBe(abort.signal.reason);
    expect(orders).toEqual(["hello", "hash"]);
  });

  it("leaves the application's own messages alone, in either direction", async () => {
    const options = {
      createWorker: () => {
        const worker = workerAfter(
          `parentPort.postMessage("started"); parentPort.postMessage(null);`,
        )();
        worker.postMessage({ config: true }, []);
        return worker;
      },
    };
    expect(await digestInWorker(new Blob([bytes]), "SHA-1", options)).toBe(sha1);
  });

  it("says so where the page may start no worker", async () => {
    const construct = (): never => {
      throw new TypeError("This document requires 'TrustedScriptURL' assignment.");
    };
    vi.stubGlobal("Worker", new Proxy(EventTarget, { construct }));
    await expect(digestInWorker(new Blob([bytes]), "SHA-1")).rejects.toMatchObject({
      code: "ERR_NETWORK",
      message: expect.stringMatching(
        /may not start .*: TypeError: This document requires.*trusted-types.*createWorker/,
      ),
      cause: expect.any(TypeError),
    });
  });

  it("says so where a worker that was ready fails", async () => {
    const failing = `Blob.prototype.stream = () => {
      setTimeout(() => { throw new Error("out of memory"); });
      return new ReadableStream();
    };`;
    const options = { createWorker: workerAfter(failing) };
    await expect(digestInWorker(new Blob([bytes]), "SHA-1", options)).rejects.toMatchObject({
      code: "ERR_NETWORK",
      message: "The hash worker failed: Error: out of memory.",
    });
  });

  it.each([
    [0, RangeError],
    [-1, RangeError],
    [Number.NaN, RangeError],
    ["1000", TypeError],
  ])("refuses startTimeout: %s", async (startTimeout, Misuse) => {
    const options = { createWorker, startTimeout: startTimeout as number };
    await expect(digestInWorker(new Blob([bytes]), "SHA-1", options)).rejects.toThrow(Misuse);
    expect(threads).toEqual([]);
  });

  it("takes a Blob of another realm", async () => {
    const foreign = new Blob([bytes]);
    vi.stubGlobal("Blob", EventTarget);
    expect(await digestInWorker(foreign, "SHA-1", { createWorker })).toBe(sha1);
  });
});
