// npm run simulate: as many seeds as fit into so many minutes.

import process from "node:process";
import { readArguments } from "../../scripts/arguments.mjs";
import { runPlan } from "./run-plan.ts";
import { explain, planFor, runSeeds, type SeedViolation } from "./seeds.ts";

const { values } = readArguments("simulate", process.argv.slice(2)) as { values: Values };

interface Values {
  readonly minutes?: string;
  readonly seed?: string;
  readonly seeds?: string;
  readonly steps?: string;
  readonly until?: string;
  readonly json?: true;
}

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
  const end = performance.now() + Number(values.minutes ?? 1) * 60_000;
  const until = values.until === undefined ? undefined : new RegExp(values.until);
  let next = first;
  const found = await runSeeds((violations) => {
    if (violations.some(({ rule, what }) => until?.test(`${rule}: ${what}`))) return undefined;
    const isOver = values.seeds === undefined ? performance.now() >= end : next >= first + count;
    return isOver ? undefined : next++;
  });
  const { violations, least: _, ...sums } = found;
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
