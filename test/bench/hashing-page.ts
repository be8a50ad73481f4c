// The part of hashing.ts that runs in a page.

import { createHasher } from "@wechat-edge/core";
import {
  type Incremental,
  incremental,
  type Measurement,
  makePieces,
  measureRounds,
  subtlePerPiece,
} from "./hashing-rounds.ts";

/** A big file hashed in a worker, and the main thread's tasks of over 50 ms meanwhile. */
export interface WorkerRun {
  readonly digest: string;
  readonly rate: number;
  readonly longTasks: number[];
}

export interface PageRun {
  readonly measurements: Measurement[];
  readonly worker: WorkerRun;
}

/** What hashing.ts bundles this with. */
export interface Given {
  readonly startNoble: () => Incremental;
  readonly digestInWorker: (file: Blob, algorithm: "SHA-1", options: object) => Promise<string>;
}

/** Measures `rounds` rounds of `mebibytes`, then one file of `fileMebibytes`. */
export async function runInPage(
  { startNoble, digestInWorker }: Given,
  [mebibytes, rounds, fileMebibytes]: readonly [number, number, number],
): Promise<PageRun> {
  const contenders = [
    incremental("wechat-edge", () => createHasher("SHA-1")),
    incremental("noble", startNoble),
    subtlePerPiece,
  ];
  const measurements = await measureRounds(contenders, makePieces(mebibytes), rounds);
  return { measurements, worker: await hashInWorker(digestInWorker, fileMebibytes) };
}

async function hashInWorker(
  digestInWorker: Given["digestInWorker"],
  mebibytes: number,
): Promise<WorkerRun> {
  // Blobs of one Blob share its memory.
  const part = new Blob(makePieces(1));
  const file = new Blob(Array.from({ length: mebibytes }, () => part));
  // What came before ends as a task of its own.
  await new Promise((resolve) => setTimeout(resolve, 0));
  const started = performance.now();
  const tasks: PerformanceEntry[] = [];
  const observer = new PerformanceObserver((list) => tasks.push(...list.getEntries()));
  observer.observe({ type: "longtask" });
  const digest = await digestInWorker(file, "SHA-1", { onProgress: () => undefined });
  const rate = file.size / 1000 / (performance.now() - started);
  tasks.push(...observer.takeRecords());
  observer.disconnect();
  const during = tasks.filter(({ startTime }) => startTime >= started);
  return { digest, rate, longTasks: during.map(({ duration }) => duration) };
}
