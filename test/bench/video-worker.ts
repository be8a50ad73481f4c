// 2 GiB from R2 by a Worker in workerd, in one invocation and in slices: what workerd's processes grow
// by, and what an invocation asks for. Miniflare's R2 runs inside workerd, so its share is in it.
//   --mebibytes 2048

import process from "node:process";
import { parseArgs } from "node:util";
import { table } from "../../scripts/test/table.ts";
import type { InvocationReport } from "../scenarios/worker/video-slices/index.ts";
import { startVideoWorker } from "../scenarios/worker/video-slices/start.ts";
import { temporaryFolder, writeVideo } from "./big-file.ts";
import { faultsOf, startSink, takeReport } from "./video-sink.ts";

// Otherwise wrangler asks Cloudflare for a cf object and for usage statistics.
process.env["CLOUDFLARE_CF_FETCH_ENABLED"] = "false";
process.env["WRANGLER_SEND_METRICS"] = "false";

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
  ["", "invocations", "subrequests at most", "s", "MB before", "MB at most", "growth MB"],
];
const faults: string[] = [];

// The upload into the bucket is not measured: another process does it.
const uploader = await startVideoWorker(bucket, sink.origin);
await uploader.put(file);
await uploader.stop();

await measure("digested, 4 in flight", "/whole?concurrency=4");
await measure("vouched for, 4 in flight", "/whole?concurrency=4&vouched");
await measure("vouched for, slices of 16 blocks", "/slice", MAX_SUBREQUESTS);

console.log(`${mebibytes} MiB in workerd, from R2 by ranges\n\n${table(rows)}\n`);
for (const fault of faults) console.log(`FAILED  ${fault}`);
sink.close();
folder.remove();
process.exit(faults.length === 0 ? 0 : 1);

async function measure(name: string, path: string, maxSubrequests?: number): Promise<void> {
  const worker = await startVideoWorker(bucket, sink.origin);
  // Baseline: workerd with the Worker loaded and one object of R2 looked at.
  await worker.invoke("/warm");
  const before = worker.memory();
  const started = performance.now();
  const reports: InvocationReport[] = [];
  while (reports.at(-1)?.done !== true) reports.push(await worker.invoke(path));
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const after = worker.memory();
  await worker.stop();
  const most = Math.max(...reports.map(({ subrequests }) => subrequests));
  const found = faultsOf(await takeReport(sink.origin), file);
  if (maxSubrequests !== undefined && most > maxSubrequests) {
    found.push(`${most} subrequests in an invocation, more than ${maxSubrequests}`);
  }
  let cells = ["unknown", "unknown", "unknown"];
  if (before !== undefined && after !== undefined) {
    const growth = (after.peak - before.now) / 1e6;
    cells = [before.now / 1e6, after.peak / 1e6, growth].map((value) => value.toFixed(0));
    if (growth >= MAX_GROWTH_MB) console.log(`goal missed by ${name}: ${growth.toFixed(0)} MB`);
  }
  rows.push([name, reports.length, most, seconds, ...cells]);
  faults.push(...found.map((fault) => `${name}: ${fault}`));
}
