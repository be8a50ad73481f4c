import { MpApiError, OutcomeUnknownError } from "@wechat-edge/core";
import {
  type PublishJob,
  publishArticle,
  ReviewError,
  runPublishStep,
  startPublishing,
  uploadVideoMaterial,
  type VideoDetails,
  type VideoResolution,
} from "@wechat-edge/mp-publish";
import { MAX_WAIT_MS } from "../bounds.ts";
import type { Trouble } from "../plan.ts";
import type { Run } from "../run.ts";
import { answerUnknown } from "./answer-unknown.ts";
import type { Answer, JobRecord } from "./job-record.ts";

/** How a job is run: whole, or one step of it. */
export type How = "publishArticle" | "runPublishStep" | "startPublishing" | "uploadVideoMaterial";

const AFTER_ONCE_ONLY: Trouble = { kind: "keep", at: "kept-once-only", skip: 0, done: false };

interface JobWorld {
  readonly strict: boolean;
  readonly crash: (run: Run) => void;
  /** The id of the article that a publication brought, as 发表记录 shows it. */
  readonly articleOf: (publish_id: string | undefined) => string | undefined;
}

/** Goes on with a job from its last state, and answers what is unknown as its owner would. */
export async function runJob(
  run: Run,
  job: JobRecord,
  how: How,
  { strict, crash, articleOf }: JobWorld,
): Promise<unknown> {
  if (job.isRunning || job.end !== undefined) return "nothing to do";
  job.isRunning = true;
  run.job = job;
  for (const block of ackedIn(job.state)) run.acked.add(block);
  if (job.unknown !== undefined) {
    job.answer = answerUnknown(job, strict, run.random);
    job.unknown = undefined;
    // The moment that matters most: what is done now must not be done again with the same answer.
    if (run.random.chance(0.4)) run.troubles.push(AFTER_ONCE_ONLY);
  } else if (run.random.chance(0.3)) {
    job.answer = undefined; // started anew, without the answer of the last command
  }
  try {
    const { value, isDone } = await go(run, job, how, crash);
    job.answer = undefined;
    if (isDone) job.end = "done";
    return value;
  } catch (error) {
    job.lastError = error;
    if (error instanceof OutcomeUnknownError) job.unknown = error;
    if (error instanceof TypeError) job.answer = undefined; // an answer that is no longer wanted
    if (error instanceof ReviewError) job.end = "refused";
    if (isGone(error)) job.answer = publishedBefore(job, articleOf);
    throw error;
  } finally {
    job.isRunning = false;
  }
}

/** The draft is gone: it was published, though somebody answered "nothing". */
const isGone = (error: unknown): boolean =>
  error instanceof MpApiError &&
  error.errcode === 40007 &&
  error.endpoint === "/cgi-bin/freepublish/submit";

/** What the error says to pass then: the article that is published. */
function publishedBefore(job: JobRecord, articleOf: JobWorld["articleOf"]): Answer | undefined {
  const published = job.once.filter(({ what, done }) => what === "submitPublication" && done);
  const article_id = articleOf(published.at(-1)?.id);
  return article_id === undefined ? undefined : { resolution: { article_id } };
}

async function go(
  run: Run,
  job: JobRecord,
  how: How,
  crash: (run: Run) => void,
): Promise<{ readonly value: unknown; readonly isDone: boolean }> {
  const { mp } = run.process;
  const { signal } = run.abort;
  const keep = (state: object): Promise<void> => keepState(run, job, state, crash);
  if (job.what.kind === "video") {
    const { details, file } = job.what;
    return sendVideo(run, job, details, file, keep);
  }
  const { job: article } = job.what;
  const options = { signal, onState: keep, maxBlocks: 2, ...job.answer };
  if (how === "publishArticle") {
    const wait = { minInterval: 500, maxInterval: 2_000, maxWait: MAX_WAIT_MS };
    const state = job.state === undefined ? {} : { state: job.state };
    const given = job.state === undefined ? { ...options, resolution: undefined } : options;
    const value = await publishArticle(mp, article, { ...given, ...state, ...wait });
    return { value, isDone: true };
  }
  if (job.state === undefined) return begin(run, article, keep);
  const value = await runPublishStep(mp, article, job.state, options);
  return { value, isDone: value.done };
}

async function begin(run: Run, article: PublishJob, keep: (state: object) => Promise<void>) {
  const value = await startPublishing(run.process.mp, article);
  await keep(value);
  return { value, isDone: false };
}

async function sendVideo(
  run: Run,
  job: JobRecord,
  details: VideoDetails,
  file: File,
  keep: (state: object) => Promise<void>,
) {
  const value = await uploadVideoMaterial(run.process.mp, details, file, {
    signal: run.abort.signal,
    onCheckpoint: keep,
    concurrency: run.random.int(1, 3),
    ...(job.state !== undefined && { checkpoint: job.state }),
    ...(run.random.chance(0.3) && { maxBlocks: 1 }),
    // Of a video the answer never has a publish_id.
    ...(job.answer as { resolution: VideoResolution } | undefined),
  });
  return { value, isDone: value.done };
}

/** Keeps a state, unless the process ends or what keeps it fails. */
async function keepState(
  run: Run,
  job: JobRecord,
  state: object,
  crash: (run: Run) => void,
): Promise<void> {
  if (run.process.dead) return new Promise(() => undefined);
  run.keeps += 1;
  const text = JSON.stringify(state);
  job.texts.push(text);
  const trouble = run.troubles.find((each) => strikes(run, each));
  if (trouble === undefined) {
    job.state = text;
    return undefined;
  }
  run.struck.add(trouble);
  if ("done" in trouble && trouble.done) job.state = text;
  if (trouble.kind === "keep") throw new Error("The disk is full.");
  crash(run);
  return new Promise(() => undefined);
}

function strikes(run: Run, trouble: Trouble): boolean {
  if (run.struck.has(trouble)) return false;
  if (trouble.kind !== "crash" && trouble.kind !== "keep") return false;
  if (trouble.at === "kept-once-only") return run.once.some(({ done }) => done);
  return trouble.at === "keep" && run.keeps > trouble.skip;
}

/** The blocks of a video that a state says are acknowledged. */
function ackedIn(state: string | undefined): number[] {
  const ranges = Array.from((state ?? "").matchAll(/"acked":(\[\[.*?\]\])/g), ([, list = ""]) => {
    return JSON.parse(list) as [first: number, last: number][];
  }).flat();
  return ranges.flatMap(([first, last]) =>
    Array.from({ length: last - first + 1 }, (_, at) => first + at),
  );
}
