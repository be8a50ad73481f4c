// A page that hashes a film in a Web Worker and uploads it, and watches its own main thread meanwhile.

import { createMpClient } from "@wechat-edge/core";
import { uploadVideoMaterial } from "@wechat-edge/mp-publish";
import { digestInWorker } from "../../../packages/core/src/hash/hash-worker.ts";

/** What the page reports. */
export interface PageResult {
  readonly error?: string;
  readonly hashMs: number;
  readonly sendMs: number;
  /** Milliseconds of the main thread's tasks over 50 ms, by the browser's own count. */
  readonly longTasks: readonly number[];
  /** The same for a task of 120 ms made on purpose afterwards: proof that the browser counts. */
  readonly madeTasks: readonly number[];
}

const MADE_TASK_MS = 120;
const details = {
  title: "Generated",
  video_desc: "",
  declare_ori: 0 as const,
  newcat: "1",
  newsbcat: "2",
  tags: [],
  cover_url: "https://mmbiz.qpic.cn/cover",
};

void run()
  .catch((error: unknown) => ({ error: String(error) }))
  .then((result) => fetch("/_result", { method: "POST", body: JSON.stringify(result) }));

async function run(): Promise<PageResult> {
  const file = await filmOnDisk();
  const watch = watchMainThread();
  const started = performance.now();
  const sha1 = await digestInWorker(file, "SHA-1");
  const hashed = performance.now();
  const mp = createMpClient({
    appid: "wx26e3b4a1c0d9f857",
    baseUrl: `${location.origin}/digests`,
    // The gateway of the page adds the token.
    getAccessToken: async () => "none",
  });
  await uploadVideoMaterial(mp, details, file, { sha1, concurrency: 4 });
  const ended = performance.now();
  const longTasks = await watch.take();
  await nextTask();
  const busyUntil = performance.now() + MADE_TASK_MS;
  while (performance.now() < busyUntil);
  await nextTask();
  const madeTasks = await watch.take();
  return { hashMs: hashed - started, sendMs: ended - hashed, longTasks, madeTasks };
}

/** A File on disk, like one that a visitor has chosen. */
async function filmOnDisk(): Promise<File> {
  const folder = await navigator.storage.getDirectory();
  const handle = await folder.getFileHandle("film.mp4", { create: true });
  const response = await fetch("/film.mp4");
  await response.body?.pipeTo(await handle.createWritable());
  return handle.getFile();
}

function watchMainThread(): { take(): Promise<number[]> } {
  let seen: number[] = [];
  const note = (entries: PerformanceEntryList): void => {
    seen.push(...entries.map(({ duration }) => duration));
  };
  const observer = new PerformanceObserver((list) => note(list.getEntries()));
  observer.observe({ type: "longtask" });
  return {
    async take() {
      // The browser reports a task once it is idle.
      for (let turn = 0; turn < 3; turn++) await idle();
      note(observer.takeRecords());
      const taken = seen;
      seen = [];
      return taken;
    },
  };
}

function idle(): Promise<void> {
  return new Promise((resolve) => requestIdleCallback(() => resolve()));
}

function nextTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
