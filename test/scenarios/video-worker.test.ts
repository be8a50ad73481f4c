// A Worker uploads a video from R2: read by ranges, in slices that stay within the 50 subrequests of an
// invocation. `npm run bench` does the same with 2 GiB.

import { afterAll, beforeAll, expect, it } from "vitest";
import { type BigFile, temporaryFolder, writeVideo } from "../bench/big-file.ts";
import { faultsOf, type RunningSink, startSink, takeReport } from "../bench/video-sink.ts";
import type { InvocationReport } from "./worker/video-slices/index.ts";
import { startVideoWorker, type VideoWorker } from "./worker/video-slices/start.ts";

const SIZE = 45 * 1024 * 1024;
const MAX_SUBREQUESTS = 40;

const folder = temporaryFolder();
let sink: RunningSink;
let worker: VideoWorker;
let file: BigFile;

beforeAll(async () => {
  sink = await startSink();
  file = await writeVideo(folder.path, SIZE);
  worker = await startVideoWorker(`${folder.path}/bucket`, `${sink.origin}/digests`);
  await worker.put(file);
}, 60_000);
afterAll(async () => {
  await worker.stop();
  sink.close();
  folder.remove();
});

it("a Worker uploads a video from R2 in slices of at most 40 subrequests", async () => {
  const reports: InvocationReport[] = [];
  while (reports.at(-1)?.done !== true) reports.push(await worker.invoke("/slice"));
  const sunk = await takeReport(sink.origin);
  expect(faultsOf(sunk, file)).toEqual([]);
  expect(reports.length).toBe(3);
  for (const { subrequests } of reports) expect(subrequests).toBeLessThanOrEqual(MAX_SUBREQUESTS);
  // The Worker counts as many requests as the server received.
  expect(reports.reduce((sum, { requests }) => sum + requests, 0)).toBe(sunk.requests);
}, 60_000);

it("a Worker uploads a video from R2 in one invocation", async () => {
  const report = await worker.invoke("/whole?concurrency=4");
  expect(report.done).toBe(true);
  expect(faultsOf(await takeReport(sink.origin), file)).toEqual([]);
}, 60_000);
