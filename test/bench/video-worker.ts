// 2 GiB from R2 by a Worker in workerd, in one invocation and in slices: what workerd's processes grow
// by, and what an invocation asks for. Miniflare's R2 runs in the same process and keeps a little of
// every read: so the same reads and requests in a bare loop, without the library, are measured too.
//   --mebibytes 2048

import process from "node:process";
import { parseArgs } from "node:util";
import type { InvocationReport } from "../scenarios/worker/video-slices/index.ts";
import { startVideoWorker } from "../scenarios/worker/video-slices/start.ts";
import { temporaryFolder, writeVideo } from "./big-file.ts";
import { printTable } from "./print-table.ts";
import { faultsOf, startSink, takeReport } from "./video-sink.ts";

// Otherwise wrangler asks Cloudflare for a cf object and for usage statistics.
process.env["CLOUDFLARE_CF_FETCH_ENABLED"] = "false";
process.env["WRANGLER_SEND_METRICS"] = "false";
// And it would keep a trace of every subrequest in workerd's memory.
process.env["X_LOCAL_OBSERVABILITY"] = "false";
process.env["X_LOCAL_EXPLORER"] = "false";

const MAX_GROWTH_MB = 128;
const MAX_SUBREQUESTS = 40;

const { values } = parseArgs({
  options: {
    mebibytes: { type: "string", default: "2048" },
    rounds: { type: "string" },
    quick: { type: "boolean", default: false },
  },
});
const mebibytes = values.quick ? 45 : Number(values.mebibytes);
const folder = temporaryFolder();
const bucket = `${folder.path}/bucket`;
const sink = await startSink();
const file = await writeVideo(folder.path, mebibytes * 1024 * 1024);
const rows: (string | number)[][] = [
  ["", "invocations", "subrequests at most", "s", "growth MB", "of a bare loop", "library's own"],
];
const faults: string[] = [];

// The upload into the bucket is not measured: another process does it.
const uploader = await startVideoWorker(bucket, sink.origin);
await uploader.put(file);
await uploader.stop();

await compare("digested, 4 in flight", "/whole?concurrency=4", { passes: 2 });
await compare("vouched for, 4 in flight", "/whole?concurrency=4&vouched", { passes: 1 });
await compare("vouched for, slices of 16 blocks", "/slice", {
  passes: 1,
  blocks: 16,
  maxSubrequests: MAX_SUBREQUESTS,
});

console.log(`${mebibytes} MiB in workerd, from R2 by ranges\n`);
printTable(rows);
for (const fault of faults) console.log(`FAILED  ${fault}`);
sink.close();
folder.remove();
process.exit(faults.length === 0 ? 0 : 1);

/** An upload, and a bare loop that reads as often and sends as much. */
async function compare(
  name: string,
  path: string,
  bare: { passes: number; blocks?: number; maxSubrequests?: number },
): Promise<void> {
  const { passes, blocks: count = mebibytes, maxSubrequests = Number.POSITIVE_INFINITY } = bare;
  const upload = await measure(() => path);
  const report = await takeReport(sink.origin);
  const loop = await measure((n) => `/bare?first=${n * count}&count=${count}&passes=${passes}`);
  await takeReport(sink.origin);
  const most = Math.max(...upload.reports.map(({ subrequests }) => subrequests));
  faults.push(...faultsOf(report, file).map((fault) => `${name}: ${fault}`));
  if (most > maxSubrequests) {
    faults.push(`${name}: ${most} subrequests in an invocation, more than ${maxSubrequests}`);
  }
  const own = upload.growth - loop.growth;
  const cells = [upload.growth, loop.growth, own].map((bytes) => (bytes / 1e6).toFixed(0));
  rows.push([name, upload.reports.length, most, upload.seconds.toFixed(1), ...cells]);
  if (own >= MAX_GROWTH_MB * 1e6) console.log(`goal missed by ${name}`);
}

async function measure(
  path: (invocation: number) => string,
): Promise<{ reports: InvocationReport[]; seconds: number; growth: number }> {
  const worker = await startVideoWorker(bucket, sink.origin);
  // Baseline: workerd with the Worker loaded and one object of R2 looked at.
  await worker.invoke("/warm");
  const before = worker.memory();
  const started = performance.now();
  const reports: InvocationReport[] = [];
  while (reports.at(-1)?.done !== true) reports.push(await worker.invoke(path(reports.length)));
  const seconds = (performance.now() - started) / 1000;
  const after = worker.memory();
  await worker.stop();
  const growth = (after?.peak ?? Number.NaN) - (before?.now ?? Number.NaN);
  return { reports, seconds, growth };
}
