import { credentials } from "@wechat-edge/emulator";
import { createApp } from "../../packages/emulator/src/app.ts";
import { emulatorOf } from "../../packages/emulator/src/emulator.ts";
import { boundOf } from "./bounds.ts";
import { countListeners } from "./count-listeners.ts";
import { type Violation, violationsOf } from "./invariants/invariants.ts";
import { makeJobs } from "./jobs/make-jobs.ts";
import { type How, runJob } from "./jobs/run-job.ts";
import { createNetwork } from "./network/network.ts";
import { operations } from "./operations/operations.ts";
import { BILL, BILL_DATE } from "./operations/pay.ts";
import type { Plan, Step } from "./plan.ts";
import { messages, type Reports, type Stores, startProcess } from "./processes.ts";
import { createRandom } from "./random.ts";
import type { Process, Run } from "./run.ts";
import type { Simulation } from "./simulation.ts";
import { createSharedStore } from "./stores.ts";
import { nodeSha1 } from "./world/node-sha1.ts";
import { openWorld } from "./world/world.ts";

/** What became of a seed. */
export interface PlanResult {
  readonly violations: readonly Violation[];
  readonly steps: number;
  /** Troubles that struck, and events. */
  readonly faults: number;
  readonly crashes: number;
  readonly requests: number;
  /** A line for each step and what became of it: two runs of one plan write the same. */
  readonly log: readonly string[];
}

const SETUP = { transcoding: 1_000, video: 1_000, news: 1_000, publication: 1_000 };
/** So often a job is started again, with nothing in its way, until it must have ended. */
const LAST_RUNS = 8;
/** What was refused for coming too soon is not refused any more. */
const BETWEEN_RUNS_MS = 60_000;

/** Runs a plan from its first step to the end of every job, in virtual time. */
export async function runPlan(plan: Plan): Promise<PlanResult> {
  const world = openWorld(plan.seed);
  try {
    const { simulation, processOf } = createSimulation(plan, world);
    const start = world.timers.now();
    for (const step of plan.steps) {
      setTimeout(() => begin(simulation, step, processOf(step.process)), step.at);
    }
    await pass(simulation, () => false);
    simulation.network.outages.length = 0;
    simulation.emulator.control.faults.clear();
    await endJobs(simulation, processOf);
    return {
      violations: violationsOf(simulation),
      steps: plan.steps.length,
      faults: simulation.runs.reduce((sum, { struck, step }) => {
        return sum + struck.size + (step.operation.startsWith("event: ") ? 1 : 0);
      }, 0),
      crashes: simulation.runs.filter(({ outcome }) => outcome?.ok === "crashed").length,
      requests: simulation.runs.reduce((sum, { requests }) => sum + requests, 0),
      log: simulation.runs.map((run) => lineOf(run, start)),
    };
  } finally {
    world.close();
  }
}

function createSimulation(plan: Plan, world: ReturnType<typeof openWorld>) {
  const options = {
    now: world.timers.now,
    review: SETUP,
    storage: "digests",
    uploadRates: "ignore",
  } as const;
  const emulator = emulatorOf(createApp(options, { newSha1: nodeSha1, records: false }));
  const { control } = emulator;
  const address: Simulation["address"] = {
    answer: async () => new Response(null, { status: 403 }),
  };
  control.setBill(BILL_DATE, BILL);
  control.seed({
    accounts: [
      { ...credentials.mp, messages: { to: (request) => address.answer(request), ...messages } },
    ],
  });
  const stores: Stores = {
    tokens: createSharedStore(world),
    certificates: createSharedStore(world),
    media: createSharedStore(world),
  };
  const reports: Reports = { attempts: [], storeErrors: [] };
  const processes = new Map<number, Process>();
  const runs: Run[] = [];
  const crash = (run: Run): void => {
    const { process } = run;
    process.dead = true;
    processes.delete(process.slot);
    for (const other of runs.filter((each) => each.process === process)) {
      world.timers.drop(other);
      if (other.outcome !== undefined) continue;
      other.outcome = { ok: "crashed", at: world.timers.now() };
      if (other.job !== undefined) other.job.isRunning = false;
    }
  };
  const network = createNetwork(emulator, world, crash);
  const processOf = (slot: number): Process => {
    const known = processes.get(slot);
    if (known !== undefined) return known;
    const process = startProcess(slot, { world, network, stores, reports });
    processes.set(slot, process);
    return process;
  };
  const simulation: Simulation = {
    plan,
    world,
    emulator,
    network,
    stores,
    reports,
    jobs: makeJobs(createRandom(plan.seed ^ 0x2545f491)),
    runs,
    address,
    crash,
    articleOf: (id) =>
      control.publications.list().find(({ publish_id }) => publish_id === id)?.article_id,
  };
  return { simulation, processOf };
}

function begin(
  simulation: Simulation,
  step: Step,
  process: Process,
  work: (run: Run) => unknown = (run) => operationOf(step).run(run, simulation),
): Run {
  const abort = new AbortController();
  const run: Run = {
    step,
    process,
    random: createRandom(step.seed),
    troubles: [...step.troubles],
    abort,
    startedAt: simulation.world.timers.now(),
    asked: [],
    once: [],
    job: undefined,
    requests: 0,
    keeps: 0,
    struck: new Set(),
    attack: undefined,
    genuine: true,
    worker: undefined,
    acked: new Set(),
    resent: 0,
    listeners: countListeners(abort.signal),
    outcome: undefined,
  };
  simulation.runs.push(run);
  for (const trouble of step.troubles) {
    if (trouble.kind === "clock") process.skew = trouble.ms;
    if (trouble.kind === "abort") {
      setTimeout(() => run.abort.abort(new Error("The caller has gone.")), trouble.after);
    } else if (trouble.kind !== "clock") continue;
    run.struck.add(trouble);
  }
  const end = (outcome: NonNullable<Run["outcome"]>): void => {
    run.outcome ??= outcome;
  };
  const { now } = simulation.world.timers;
  void simulation.world.runAs(run, async () => {
    try {
      const value = await work(run);
      end({ ok: true, value, at: now() });
    } catch (error) {
      end({ ok: false, error, at: now() });
    }
  });
  return run;
}

function operationOf({ operation }: Step) {
  const found = operations[operation];
  if (found === undefined) throw new TypeError(`There is no operation ${operation}.`);
  return found;
}

/** Lets time pass until no timer is left, `until` says so, or everything must have settled long ago. */
async function pass({ world }: Simulation, until: () => boolean): Promise<void> {
  const limit = world.timers.now() + 2 * boundOf(40);
  do await world.settle();
  while (!until() && world.timers.step(limit));
}

async function rest(simulation: Simulation, ms: number): Promise<void> {
  let isOver = false;
  setTimeout(() => {
    isOver = true;
  }, ms);
  await pass(simulation, () => isOver);
}

/** With nothing in the way any more, every job comes to an end. */
async function endJobs(simulation: Simulation, processOf: (slot: number) => Process) {
  for (const job of simulation.jobs.filter(({ texts }) => texts.length > 0)) {
    for (let run = 0; run < LAST_RUNS && job.end === undefined; run++) {
      const how: How = job.what.kind === "video" ? "uploadVideoMaterial" : "publishArticle";
      const step: Step = {
        id: 1000 + simulation.runs.length,
        at: 0,
        operation: how,
        process: 0,
        seed: simulation.plan.seed + run,
        troubles: [],
      };
      if (run > 0) await rest(simulation, BETWEEN_RUNS_MS);
      const process = processOf(0);
      process.skew = 0;
      const last = begin(simulation, step, process, (run) =>
        runJob(run, job, how, { ...simulation, strict: true }),
      );
      await pass(simulation, () => last.outcome !== undefined);
    }
  }
  await pass(simulation, () => false);
}

function lineOf(run: Run, start: number): string {
  const { step, startedAt, outcome, requests, struck } = run;
  const at = `${((startedAt - start) / 1000).toFixed(1)} s`;
  const troubles = run.troubles
    .map((each) => `${struck.has(each) ? "" : "(not met) "}${JSON.stringify(each)}`)
    .join(" ");
  const what = `#${step.id} ${at} process ${step.process} ${step.operation} ${troubles}`;
  return `${what} → ${endOf(outcome)}, ${requests} requests`;
}

function endOf(outcome: Run["outcome"]): string {
  if (outcome === undefined) return "never settled";
  if (outcome.ok === "crashed") return "the process ended";
  if (outcome.ok) return "done";
  const { error } = outcome;
  return error instanceof Error ? `${error.name}: ${error.message.slice(0, 160)}` : String(error);
}
