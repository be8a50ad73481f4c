import { expect, it } from "vitest";
import { describeKill, type JobKill, killJob } from "./crash/job-kills.ts";
import { childRuntimes } from "./crash/runtimes.ts";

// test/long/crash-matrix.test.ts kills it at every request and at random moments; of these three, one is in each runtime.
const POINTS: readonly Omit<JobKill, "runtime">[] = [
  { target: "draft", at: { request: 12 }, when: "carried out" },
  { target: "draft", at: { request: 13 }, when: "lost" },
  { target: "publish-library", at: { request: 7 }, when: "answered" },
];
const kills = POINTS.flatMap((point, index) => {
  const runtime = childRuntimes[index];
  return runtime === undefined ? [] : [{ ...point, runtime }];
});

it.each(kills.map((kill) => [describeKill(kill), kill] as const))(
  "a job killed with -9 is published once: %s",
  async (_, kill) => {
    expect(await killJob(kill)).toEqual({ faults: [], isTooLate: false });
  },
  60_000,
);
