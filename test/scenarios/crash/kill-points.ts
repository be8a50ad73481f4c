import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { credentials } from "@wechat-edge/emulator";
import { startEmulator } from "@wechat-edge/emulator/node";
import type { VideoCheckpoint } from "@wechat-edge/mp-publish";
import { runChild } from "./child.ts";
import { generatedVideo, sha1Of } from "./generated-video.ts";
import { type ChildRuntime, node } from "./runtimes.ts";
import type { UploaderTask } from "./uploader.ts";

/** When an upload is killed. */
export interface KillPoint {
  /** The request during which it is killed, counted from 1. */
  readonly request: number;
  /** While that request waits for its reply, or as soon as the reply is there. */
  readonly when: "arrived" | "answered";
  readonly concurrency: number;
  /** Node by default. */
  readonly runtime?: ChildRuntime;
}

/** The outcome of an upload that was killed and resumed. */
export interface KillOutcome {
  readonly killed: boolean;
  /** Whether the emulator stored the whole file unchanged. */
  readonly isWhole: boolean;
  /** Blocks that were sent again although the checkpoint had them. */
  readonly resent: number;
  /** Blocks that were sent more than once. */
  readonly repeated: number;
  readonly withoutLength: number;
}

const BLOCKS = 12;
const SIZE = BLOCKS * 1024 * 1024 - 12_345;
const FILE_SEED = 7;
/** Token, announcement, blocks, finish, save. */
const REQUESTS = BLOCKS + 4;
const uploader = fileURLToPath(new URL("uploader.ts", import.meta.url));

/** Chooses kill points from a seed, which the output shows. */
export function killPoints(count: number, seed: number): KillPoint[] {
  let state = seed >>> 0;
  const random = (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  return Array.from({ length: count }, () => ({
    request: 1 + random(REQUESTS),
    when: random(2) === 0 ? "arrived" : "answered",
    concurrency: random(2) === 0 ? 1 : 3,
  }));
}

/** Each request of an upload, each way to die at it. */
export function everyKillPoint(runtime: ChildRuntime): KillPoint[] {
  return Array.from({ length: REQUESTS }, (_, index) => index + 1).flatMap((request) =>
    (["arrived", "answered"] as const).map((when) => {
      const concurrency = request % 2 === 0 ? 1 : 3;
      return { request, when, concurrency, runtime };
    }),
  );
}

/** Kills an upload with SIGKILL at a point, resumes it in another process, and checks what the emulator stored. */
export async function killAndResume(point: KillPoint): Promise<KillOutcome> {
  const { request, when, concurrency, runtime = node } = point;
  const emulator = await startEmulator({ port: 0, storage: "digests" });
  const folder = mkdtempSync(join(tmpdir(), "wechat-edge-crash-"));
  const checkpointFile = join(folder, "checkpoint.json");
  const { control } = emulator;
  const task: UploaderTask = {
    ...credentials.mp,
    baseUrl: emulator.baseUrl,
    size: SIZE,
    seed: FILE_SEED,
    concurrency,
    checkpointFile,
    dieAtReply: when === "answered" ? request : 0,
  };
  try {
    if (when === "arrived") control.faults.add({ kind: "delay", ms: 3_600_000, skip: request - 1 });
    const first = runChild(runtime, uploader, task);
    if (when === "arrived") {
      while (control.journal.entries().length < request) await sleep(2);
      first.kill();
    }
    const killed = (await first.ended).signal === "SIGKILL";
    control.faults.clear();
    const acked = ackedBlocks(checkpointFile);
    const second = await runChild(runtime, uploader, { ...task, dieAtReply: 0 }).ended;
    if (second.code !== 0) throw new Error(`The resumed upload ended with ${second.errors}`);
    const { vid } = JSON.parse(second.output) as { vid: string };
    const video = control.videos.list().find((one) => one.vid === vid);
    const times = new Map(
      video?.blocks.map(({ part_num, timesReceived }) => [part_num, timesReceived]),
    );
    return {
      killed,
      isWhole: video?.receivedSha1 === (await fileSha1()) && video.media_id !== undefined,
      resent: acked.filter((number) => (times.get(number) ?? 0) !== 1).length,
      repeated: [...times.values()].filter((count) => count > 1).length,
      withoutLength: control.journal
        .entries()
        .filter(({ method, headers }) => method === "POST" && !("content-length" in headers))
        .length,
    };
  } finally {
    await emulator.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Lists what is wrong with an outcome. */
export function faultsOf(point: KillPoint, outcome: KillOutcome): string[] {
  return [
    ...(outcome.killed ? [] : ["it was not killed"]),
    ...(outcome.isWhole ? [] : ["the emulator's file is another"]),
    ...(outcome.resent === 0 ? [] : [`${outcome.resent} checkpointed blocks were sent again`]),
    ...(outcome.repeated <= point.concurrency ? [] : [`${outcome.repeated} blocks came twice`]),
    ...(outcome.withoutLength === 0 ? [] : [`${outcome.withoutLength} requests had no length`]),
  ].map((fault) => `${describePoint(point)}: ${fault}`);
}

export function describePoint({ request, when, concurrency, runtime }: KillPoint): string {
  const where = runtime === undefined ? "" : `${runtime.name}, `;
  return `${where}request ${request} of ${REQUESTS} ${when}, ${concurrency} at a time`;
}

let knownSha1: Promise<string> | undefined;

function fileSha1(): Promise<string> {
  knownSha1 ??= sha1Of(generatedVideo(SIZE, FILE_SEED));
  return knownSha1;
}

function ackedBlocks(file: string): number[] {
  if (!existsSync(file)) return [];
  const { acked } = JSON.parse(readFileSync(file, "utf8")) as VideoCheckpoint;
  return acked.flatMap(([first, last]) =>
    Array.from({ length: last - first + 1 }, (_, index) => first + index),
  );
}
