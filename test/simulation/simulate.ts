// npm run simulate: as many seeds as fit into so many minutes.

import process from "node:process";
import { parseArgs } from "node:util";
import { runPlan } from "./run-plan.ts";
import { explain, planFor, runSeeds, type SeedViolation } from "./seeds.ts";

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "1" },
    seed: { type: "string" },
    seeds: { type: "string" },
    steps: { type: "string" },
    json: { type: "boolean", default: false },
  },
});

if (values.seed !== undefined && values.seeds === undefined) await replay(Number(values.seed));
else await many();

/** One seed, whole or with some of its steps alone, with a line for each step. */
async function replay(seed: number): Promise<void> {
  const whole = planFor(seed);
  const ids = values.steps?.split(",").map(Number);
  const steps = whole.steps.filter(({ id }) => ids === undefined || ids.includes(id));
  const { log, violations } = await runPlan({ ...whole, steps });
  console.log(log.join("\n"));
  for (const { rule, what } of violations) console.log(`FAILED ${rule}: ${what}`);
  if (violations.length > 0) process.exitCode = 1;
}

async function many(): Promise<void> {
  const first = Number(values.seed ?? Date.now() % 1_000_000_000);
  const count = values.seeds === undefined ? Number.POSITIVE_INFINITY : Number(values.seeds);
  const end = performance.now() + Number(values.minutes) * 60_000;
  let next = first;
  const found = await runSeeds(() => {
    const isOver = values.seeds === undefined ? performance.now() >= end : next >= first + count;
    return isOver ? undefined : next++;
  });
  const { violations, least, ...sums } = found;
  if (values.json) {
    console.log(JSON.stringify(found));
    return;
  }
  console.log(`From seed ${first}: ${JSON.stringify(sums)}`);
  const kinds = Map.groupBy(violations, ({ rule, what }) => `${rule}: ${what}`);
  for (const [kind, all] of kinds) console.log(`${all.length} × ${kind} (${all[0]?.row ?? "new"})`);
  for (const all of kinds.values()) {
    const [one] = all as [SeedViolation];
    if (one.row === undefined) console.log(await explain(one));
  }
  if (violations.some(({ row }) => row === undefined)) process.exitCode = 1;
}
