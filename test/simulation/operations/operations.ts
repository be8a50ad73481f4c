import type { How } from "../jobs/run-job.ts";
import { runJob } from "../jobs/run-job.ts";
import type { Run } from "../run.ts";
import type { SimulatedOperation, Simulation } from "../simulation.ts";
import { attacks } from "./attacks.ts";
import { bursts } from "./bursts.ts";
import { callbackOperations } from "./callbacks.ts";
import { events } from "./events.ts";
import { tableOperations } from "./from-table.ts";
import { localSimulations } from "./local.ts";
import { onceOnlyOperations } from "./once-only.ts";
import { ownPayOperations } from "./pay.ts";
import { ownPlatformOperations } from "./platform.ts";
import { workerRequests } from "./worker-requests.ts";

/** The most requests of a job: its parts, and a wait for each review. */
const JOB_REQUESTS = 40;

const ofJob = (how: How): SimulatedOperation => ({
  requests: JOB_REQUESTS,
  run(run: Run, simulation: Simulation) {
    const kind = how === "uploadVideoMaterial" ? "video" : "article";
    const jobs = simulation.jobs.filter(({ what, end }) => what.kind === kind && end === undefined);
    // Mostly the first that has not ended, so that it meets more than one trouble.
    const job = run.random.chance(0.7) ? jobs[0] : jobs.at(-1);
    const { strict } = simulation.plan;
    return job && runJob(run, job, how, { ...simulation, strict });
  },
});

const jobOperations: Readonly<Record<string, SimulatedOperation>> = {
  publishArticle: ofJob("publishArticle"),
  runPublishStep: ofJob("runPublishStep"),
  startPublishing: ofJob("startPublishing"),
  uploadVideoMaterial: ofJob("uploadVideoMaterial"),
};

/** Every exported operation of every package by its name, and the events of the world. */
export const operations: Readonly<Record<string, SimulatedOperation>> = {
  ...tableOperations,
  ...localSimulations,
  ...ownPayOperations,
  ...ownPlatformOperations,
  ...callbackOperations,
  ...onceOnlyOperations,
  ...jobOperations,
  ...bursts,
  ...attacks,
  ...workerRequests,
  ...events,
};

export const operationNames: readonly string[] = Object.keys(operations);

export const jobNames: readonly string[] = Object.keys(jobOperations);

/** Those that have most to lose come more often than the others. */
export const oftenNames: readonly string[] = [
  ...["publishArticle", "publishArticle", "publishArticle", "runPublishStep", "runPublishStep"],
  ...["uploadVideoMaterial", "uploadVideoMaterial", "startPublishing"],
  ...Object.keys(onceOnlyOperations),
  ...["uploadImage", "uploadMedia", "downloadPayFile", "createUrlSource", "readNotification"],
];
