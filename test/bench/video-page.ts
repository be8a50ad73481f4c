// 500 MB hashed and uploaded by a page of Chromium, and whether its main thread was ever blocked.
//   --megabytes 500

import process from "node:process";
import { parseArgs } from "node:util";
import { findBrowser } from "../../scripts/browsers.ts";
import { runPage } from "../scenarios/video-page/run-page.ts";
import { printTable } from "./print-table.ts";

const TIMEOUT_MS = 600_000;

const { values } = parseArgs({
  options: {
    megabytes: { type: "string", default: "500" },
    rounds: { type: "string", default: "3" },
    mebibytes: { type: "string" },
    quick: { type: "boolean", default: false },
  },
});
const chromium = findBrowser("chromium");
if (chromium === undefined) {
  console.log("not run: there is no Chromium");
  process.exit();
}
const megabytes = values.quick ? 24 : Number(values.megabytes);
const rows: (string | number)[][] = [["round", "hash s", "send s", "tasks over 50 ms"]];
for (let round = 1; round <= (values.quick ? 1 : Number(values.rounds)); round++) {
  const { result, faults } = await runPage(chromium.executable, megabytes * 1e6, TIMEOUT_MS);
  for (const fault of faults) console.log(`FAILED  ${fault}`);
  if (faults.length > 0) process.exitCode = 1;
  const { hashMs, sendMs, longTasks } = result;
  const tasks = longTasks.map((ms) => `${ms.toFixed(0)} ms`).join(", ") || "none";
  rows.push([round, (hashMs / 1000).toFixed(2), (sendMs / 1000).toFixed(2), tasks]);
}
console.log(`${megabytes} MB in ${chromium.version}\n`);
printTable(rows);
