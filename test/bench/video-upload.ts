// Chunked videos in Node, Bun and Deno against a sink, beside openssl and curl. Rounds are interleaved
// and ratios taken round by round, so that a noisy machine disturbs all alike.
//   --quick      a few MiB for correctness alone
//   --rounds 5   --mebibytes 2048

import { fork } from "node:child_process";
import { loadavg } from "node:os";
import process from "node:process";
import { parseArgs } from "node:util";
import { type BigFile, temporaryFolder, writeVideo } from "./big-file.ts";
import { median } from "./median.ts";
import { printTable } from "./print-table.ts";
import { checkRuntime } from "./video-check.ts";
import type { ClientResult } from "./video-client.ts";
import { missingForLimit, prepareLimit } from "./video-limit.ts";
import { buildClient, uploadIn, type VideoRuntime, videoRuntimes } from "./video-runtimes.ts";
import { faultsOf, takeReport } from "./video-sink.ts";

const MIB = 1024 * 1024;
const IN_FLIGHT = [1, 4, 8];
const LATENCY_MS = 25;
const SMALLER_MIB = [10, 200];

const { values } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    rounds: { type: "string", default: "5" },
    mebibytes: { type: "string", default: "2048" },
  },
});
const rounds = Number(values.rounds);
const mebibytes = Number(values.mebibytes);
const here = videoRuntimes.filter(({ isHere }) => isHere);
const faults: string[] = [];
const folder = temporaryFolder();
let client = "";
for (const { name, isHere } of videoRuntimes) if (!isHere) console.log(`not run: ${name}`);
if (values.quick) {
  for (const runtime of here) faults.push(...(await checkRuntime(runtime)));
} else {
  await measureAll();
}
for (const fault of faults) console.log(`FAILED  ${fault}`);
console.log(faults.length === 0 ? "all uploads whole, every request with its length" : "");
process.exit(faults.length === 0 ? 0 : 1);

async function measureAll(): Promise<void> {
  client = await buildClient(folder.path);
  const sink = fork(new URL("./video-sink.ts", import.meta.url));
  const origin = await new Promise<string>((resolve) => sink.once("message", resolve as never));
  try {
    const file = await writeVideo(folder.path, mebibytes * MIB);
    await compareWithLimit(folder.path, file, origin);
    await measureLatency(file, origin);
    await measureMemory(folder.path, file, origin);
  } finally {
    sink.kill();
    folder.remove();
  }
}

async function compareWithLimit(folder: string, file: BigFile, origin: string): Promise<void> {
  const missing = missingForLimit();
  const limit = missing.length === 0 ? await prepareLimit(folder, file, origin) : undefined;
  if (limit === undefined) console.log(`no limit to compare with: no ${missing.join(", ")}`);
  const limits: { hashMs: number; sendMs: number }[] = [];
  const rows = here.flatMap((runtime) =>
    IN_FLIGHT.map((concurrency) => ({ runtime, concurrency, results: [] as ClientResult[] })),
  );
  for (let round = 0; round < rounds; round++) {
    if (limit !== undefined) limits.push(await limit());
    await takeReport(origin);
    for (const { runtime, concurrency, results } of rows) {
      results.push(await checkedUpload(runtime, file, origin, origin, concurrency));
    }
  }
  const total = ({ hashMs, sendMs }: { hashMs: number; sendMs: number }): number => hashMs + sendMs;
  const limitTotals = limits.map(total);
  console.log(`\n${mebibytes} MiB in blocks of 1 MiB, medians of ${rounds} rounds, ${load()}\n`);
  printTable([
    ["", "in flight", "hash s", "send s", "total s", "of the limit", "CPU s", "RSS MB"],
    ...(limit === undefined
      ? []
      : [["openssl + curl", "1", ...times(limits), seconds(limitTotals), "1", "", ""]]),
    ...rows.map(({ runtime, concurrency, results }) => {
      const totals = results.map(total);
      const ratios = totals.map((ms, round) => (limitTotals[round] ?? Number.NaN) / ms);
      return [
        runtime.name,
        concurrency,
        ...times(results),
        seconds(totals),
        limit === undefined ? "" : median(ratios).toFixed(2),
        seconds(results.map(({ cpuMs }) => cpuMs)),
        megabytes(results),
      ];
    }),
  ]);
}

async function measureLatency(file: BigFile, origin: string): Promise<void> {
  const inFlight = 8;
  const rows: (string | number)[][] = [["", "send s", "ideal s", "of ideal"]];
  const results = new Map<VideoRuntime, { sendMs: number; idealMs: number }[]>();
  for (let round = 0; round < Math.ceil(rounds / 2); round++) {
    for (const runtime of here) {
      const base = `${origin}/latency/${LATENCY_MS}`;
      const { sendMs, waitedMs } = await checkedUpload(runtime, file, base, origin, inFlight);
      const list = results.get(runtime) ?? [];
      results.set(runtime, [...list, { sendMs, idealMs: waitedMs / inFlight }]);
    }
  }
  for (const [{ name }, list] of results) {
    const ratio = median(list.map(({ sendMs, idealMs }) => idealMs / sendMs));
    const sent = seconds(list.map(({ sendMs }) => sendMs));
    rows.push([name, sent, seconds(list.map(({ idealMs }) => idealMs)), ratio.toFixed(2)]);
  }
  console.log(`\n${inFlight} in flight, answers ${LATENCY_MS} ms after a block's last byte;`);
  console.log(`ideal: nothing but the sink's own waiting, ${load()}\n`);
  printTable(rows);
}

async function measureMemory(folder: string, large: BigFile, origin: string): Promise<void> {
  const smaller = await Promise.all(SMALLER_MIB.map((size) => writeVideo(folder, size * MIB)));
  const rows: (string | number)[][] = [
    ["RSS MB, 4 in flight", ...[...SMALLER_MIB, mebibytes].map((size) => `${size} MiB`)],
  ];
  for (const runtime of here) {
    const cells: string[] = [];
    for (const file of [...smaller, large]) {
      const results: ClientResult[] = [];
      for (let round = 0; round < Math.ceil(rounds / 2); round++) {
        results.push(await checkedUpload(runtime, file, origin, origin, 4));
      }
      cells.push(megabytes(results));
    }
    rows.push([runtime.name, ...cells]);
  }
  printTable(rows);
}

/** An upload counts only if all of it arrived, and rightly. */
async function checkedUpload(
  runtime: VideoRuntime,
  file: BigFile,
  baseUrl: string,
  origin: string,
  concurrency: number,
): Promise<ClientResult & { waitedMs: number }> {
  const result = await uploadIn(runtime, client, { baseUrl, path: file.path, concurrency });
  const report = await takeReport(origin);
  const found = faultsOf(report, file);
  faults.push(...found.map((fault) => `${runtime.name}, ${concurrency} in flight: ${fault}`));
  return { ...result, waitedMs: report.waitedMs };
}

function times(results: readonly { hashMs: number; sendMs: number }[]): string[] {
  return [
    seconds(results.map(({ hashMs }) => hashMs)),
    seconds(results.map(({ sendMs }) => sendMs)),
  ];
}

function seconds(values: readonly number[]): string {
  return (median(values) / 1000).toFixed(2);
}

function megabytes(results: readonly ClientResult[]): string {
  return (median(results.map(({ rssBytes }) => rssBytes)) / 1e6).toFixed(0);
}

function load(): string {
  return `load of the machine ${loadavg()[0]?.toFixed(1)}`;
}
