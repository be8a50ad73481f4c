import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Control, credentials } from "@wechat-edge/emulator";
import { startEmulator } from "@wechat-edge/emulator/node";
import type { PublishJob, PublishState } from "@wechat-edge/mp-publish";
import { answerTo } from "./answer.ts";
import { type Child, type Ended, runChild } from "./child.ts";
import { generatedVideo, sha1Of } from "./generated-video.ts";
import type { PublisherOutput, PublisherTask } from "./publisher.ts";
import type { ChildRuntime } from "./runtimes.ts";

/** Where a job is killed. */
export interface JobKill {
  readonly runtime: ChildRuntime;
  readonly target: PublishJob["target"];
  /** A request, counted from 1; or milliseconds after the first request. */
  readonly at: { readonly request: number } | { readonly ms: number };
  /**
   * When the request has arrived, which then is not carried out, or is; or when the reply is there. A kill after some
   * milliseconds is at none of them.
   */
  readonly when?: "lost" | "carried out" | "answered";
}

const VIDEO_BYTES = 2 * 1024 * 1024 + 4321;
const SEED = 11;
/** Token, cover, two pictures, announcement, three blocks, finish, save, status, article, submission, status. */
export const JOB_REQUESTS = 14;
const NO_REVIEW = { transcoding: 0, video: 0, news: 0, publication: 0 };
const publisher = fileURLToPath(new URL("publisher.ts", import.meta.url));
const TARGETS: readonly PublishJob["target"][] = ["draft", "publish-library"];

/** Every request of a job, each way to die at it. */
export function everyJobKill(runtime: ChildRuntime): JobKill[] {
  const requests = Array.from({ length: JOB_REQUESTS }, (_, index) => ({ request: index + 1 }));
  return TARGETS.flatMap((target) =>
    requests.flatMap((at) =>
      (["lost", "carried out", "answered"] as const).map((when) => ({ runtime, target, at, when })),
    ),
  );
}

/** Moments chosen by a seed. */
export function randomJobKills(runtime: ChildRuntime, count: number, seed: number): JobKill[] {
  let state = seed >>> 0;
  return Array.from({ length: count }, (_, index) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const target = TARGETS[index % TARGETS.length] ?? "draft";
    return { runtime, target, at: { ms: state % 200 } };
  });
}

export function describeKill({ runtime, target, at, when }: JobKill): string {
  const moment = "request" in at ? `request ${at.request} ${when}` : `${at.ms} ms after the first`;
  return `${runtime.name}, ${target}, ${moment}`;
}

/** What became of a job that was to be killed. */
export interface JobOutcome {
  /** What is wrong in the end. */
  readonly faults: readonly string[];
  /** Whether the job had ended before a kill at a random moment. */
  readonly isTooLate: boolean;
}

/** Kills a job, and goes on in other processes until it is published. */
export async function killJob(kill: JobKill): Promise<JobOutcome> {
  const { runtime, target, at, when } = kill;
  let first: Child | undefined;
  const emulator = await startEmulator({
    port: 0,
    storage: "digests",
    review: NO_REVIEW,
    async sleep() {
      first?.kill();
      await first?.ended;
    },
  });
  const { control, baseUrl } = emulator;
  const folder = mkdtempSync(join(tmpdir(), "wechat-edge-crash-"));
  const task: PublisherTask = {
    ...credentials.mp,
    baseUrl,
    target,
    videoBytes: VIDEO_BYTES,
    seed: SEED,
    stateFile: join(folder, "state.json"),
    dieAtReply: when === "answered" && "request" in at ? at.request : 0,
  };
  try {
    if ("request" in at && when !== "answered") {
      const skip = at.request - 1;
      control.faults.add({ kind: "delay", ms: 1, skip });
      if (when === "lost") control.faults.add({ kind: "cut", at: "request", skip });
    }
    first = runChild(runtime, publisher, task);
    if ("ms" in at) {
      await untilAsked(control, first.ended);
      setTimeout(() => first?.kill(), at.ms);
    }
    const { signal, code, errors } = await first.ended;
    const isTooLate = "ms" in at && code === 0;
    if (signal !== "SIGKILL" && !isTooLate)
      return { faults: [`it was not killed: ${code} ${errors}`], isTooLate };
    control.faults.clear();
    const acked = ackedBlocks(task.stateFile);
    await goOn(control, runtime, { ...task, dieAtReply: 0 });
    const faults = [...faultsOf(control, target), ...(await videoFaultsOf(control, acked))];
    return { faults, isTooLate };
  } finally {
    await emulator.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function untilAsked({ journal }: Control, ended: Promise<Ended>): Promise<void> {
  let isOver = false;
  void ended.finally(() => {
    isOver = true;
  });
  while (!isOver && journal.entries().length === 0)
    await new Promise((resolve) => setTimeout(resolve, 2));
}

/** Each answer serves one attempt: a job that asks more often than it has steps would never end. */
const MAX_ANSWERS = 3;

async function goOn(control: Control, runtime: ChildRuntime, task: PublisherTask): Promise<void> {
  let resolution: unknown;
  for (let answers = 0; answers <= MAX_ANSWERS; answers++) {
    const given = resolution === undefined ? task : { ...task, resolution };
    const { code, output, errors } = await runChild(runtime, publisher, given).ended;
    if (code !== 0) throw new Error(`The job that went on ended with ${errors}`);
    const result = JSON.parse(output) as PublisherOutput;
    if ("published" in result) return;
    const { unknown: step, attempt } = result;
    resolution = answerTo(control, task.target, { step, attempt });
  }
  throw new Error(`The job asked more than ${MAX_ANSWERS} times.`);
}

/** What is wrong with the article and its submission. */
export function faultsOf(control: Control, target: PublishJob["target"]): string[] {
  const isLibrary = target === "publish-library";
  const news = control.news.list();
  const publications = control.publications.list();
  const drafts = [...control.drafts.list(), ...publications].map(({ media_id }) => media_id);
  const articles = isLibrary ? news.length : new Set(drafts).size;
  const submissions = isLibrary
    ? news.filter(({ submittedAt }) => submittedAt !== undefined).length
    : publications.length;
  const submitted = control.journal
    .entries()
    .filter(({ path, status }) => path.endsWith("/freepublish/submit") && status === 200).length;
  return [
    ...(articles === 1 ? [] : [`there are ${articles} articles`]),
    ...(submissions === 1 ? [] : [`there are ${submissions} submissions`]),
    ...(submitted <= 1 ? [] : [`it was submitted ${submitted} times`]),
  ];
}

async function videoFaultsOf({ videos }: Control, acked: readonly number[]): Promise<string[]> {
  const saved = videos.list().filter(({ mediaIds }) => mediaIds.length > 0);
  if (saved.length !== 1) return [`there are ${saved.length} videos`];
  const again = acked.filter((number) =>
    saved[0]?.blocks.some(
      ({ part_num, timesReceived }) => part_num === number && timesReceived > 1,
    ),
  );
  return [
    ...(saved[0]?.receivedSha1 === (await fileSha1()) ? [] : ["the video is another"]),
    ...(again.length === 0 ? [] : [`blocks ${again.join(", ")} were sent again`]),
  ];
}

/** The blocks that the state had when the process was killed. */
function ackedBlocks(file: string): number[] {
  if (!existsSync(file)) return [];
  const { video } = JSON.parse(readFileSync(file, "utf8")) as PublishState;
  return (video?.checkpoint?.acked ?? []).flatMap(([first, last]) =>
    Array.from({ length: last - first + 1 }, (_, index) => first + index),
  );
}

let knownSha1: Promise<string> | undefined;

function fileSha1(): Promise<string> {
  knownSha1 ??= sha1Of(generatedVideo(VIDEO_BYTES, SEED));
  return knownSha1;
}
