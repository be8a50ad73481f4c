// Kills an upload at 50 points and resumes it each time: npm run test:crash -- [--seed 1] [--count 50]

import process from "node:process";
import { parseArgs } from "node:util";
import { describePoint, faultsOf, killAndResume, killPoints } from "./kill-points.ts";

const { values } = parseArgs({
  options: { seed: { type: "string" }, count: { type: "string", default: "50" } },
});
const seed = Number(values.seed ?? Date.now() % 1_000_000);
console.log(`seed ${seed}`);
let failed = 0;
for (const [index, point] of killPoints(Number(values.count), seed).entries()) {
  const outcome = await killAndResume(point);
  const faults = faultsOf(point, outcome);
  if (faults.length > 0) failed += 1;
  const mark = faults.length === 0 ? "ok" : "FAILED";
  console.log(`${mark} ${index + 1} ${describePoint(point)}, ${outcome.repeated} blocks twice`);
  for (const fault of faults) console.log(`  ${fault}`);
}
console.log(`${Number(values.count) - failed} passed, ${failed} failed (seed ${seed})`);
process.exitCode = failed > 0 ? 1 : 0;
