// What callbacks throw. Progress is only told; a state that cannot be kept stops the job, and holds what was done.

import { describe, expect, it } from "vitest";
import { cover, jobInProcess, jobOf, ONCE, TARGETS } from "../../../../test/support/publish-job.ts";
import { details, MIB, videoBytes, videoInProcess } from "../../../../test/support/video.ts";
import {
  type PublishState,
  publishArticle,
  runPublishStep,
  startPublishing,
  uploadVideoMaterial,
  type VideoCheckpoint,
} from "../../src/index.ts";

const broken = new Error("The page is gone.");
const failing: readonly (readonly [string, () => void])[] = [
  [
    "throws",
    () => {
      throw broken;
    },
  ],
  ["rejects", () => Promise.reject(broken) as never],
];

describe.each(TARGETS)("a job for the %s", (target) => {
  it.each(failing)("ends although its progress %s", async (_, fail) => {
    const kit = jobInProcess();
    const told: string[] = [];
    const { media_id } = await publishArticle(kit.mp, jobOf(target), {
      onProgress({ step }) {
        told.push(String(step));
        return fail();
      },
      onVideoProgress({ phase }) {
        told.push(phase);
        return fail();
      },
    });
    expect(media_id).not.toBe("");
    expect(kit.made(target)).toEqual(ONCE);
    for (const part of ["hash", "upload", "finish", "save", "undefined"]) {
      expect(told).toContain(part);
    }
  });

  it("has what WeChat has done in the state that onState fails to keep", async () => {
    const whole = jobInProcess();
    await publishArticle(whole.mp, jobOf(target), whole.keep);
    for (const at of whole.states.keys()) {
      const kit = jobInProcess();
      const given: PublishState[] = [];
      const run = publishArticle(kit.mp, jobOf(target), {
        onState(state) {
          given.push(state);
          if (given.length > at) throw broken;
        },
      });
      await expect(run).rejects.toBe(broken);
      expect(given).toHaveLength(at + 1);
      // With that state nothing is asked, and nothing made twice, but what had not begun.
      const state = given.at(-1) as PublishState;
      const { attempt } = state;
      const resolution =
        attempt === undefined ? undefined : ({ attempt, outcome: "nothing" } as const);
      const rest = { state, resolution };
      await publishArticle(kit.another(), jobOf(target), rest);
      expect(kit.made(target)).toEqual(ONCE);
    }
  });
});

describe("a video", () => {
  const file = new File([videoBytes(2 * MIB + 7)], "film.mp4");

  it.each(failing)("is saved although its progress %s", async (_, fail) => {
    const { mp, videos } = videoInProcess();
    const phases = new Set<string>();
    const result = await uploadVideoMaterial(mp, details, file, {
      concurrency: 2,
      onProgress({ phase }) {
        phases.add(phase);
        return fail();
      },
    });
    expect(result).toMatchObject({ done: true, media_id: videos()[0]?.media_id });
    expect([...phases]).toEqual(["hash", "upload", "finish", "save"]);
  });

  it("has what WeChat has done in the checkpoint that onCheckpoint fails to keep", async () => {
    const { mp, videos } = videoInProcess();
    const given: VideoCheckpoint[] = [];
    const run = uploadVideoMaterial(mp, details, file, {
      onCheckpoint(checkpoint) {
        given.push(checkpoint);
        if (checkpoint.phase === "done") throw broken;
      },
    });
    await expect(run).rejects.toBe(broken);
    const [video] = videos();
    const checkpoint = given.at(-1) as VideoCheckpoint;
    expect(checkpoint).toMatchObject({ phase: "done", media_id: video?.media_id });
    expect(await uploadVideoMaterial(mp, details, file, { checkpoint })).toMatchObject({
      done: true,
      media_id: video?.media_id,
    });
    expect(videos()).toHaveLength(1);
  });
});

it("an abort once the reply to the article is there loses no media_id", async () => {
  const controller = new AbortController();
  const kit = jobInProcess({
    onAttempt: ({ operation }) => operation === "addDraft" && controller.abort(),
  });
  const article = { title: "灯笼街", content: "<p>天还没亮透。</p>" };
  const job = { target: "draft", until: "uploaded", article, cover } as const;
  const { signal } = controller;
  let state = await startPublishing(kit.mp, job);
  ({ state } = await runPublishStep(kit.mp, job, state, { signal }));
  ({ state } = await runPublishStep(kit.mp, job, state, { signal }));
  expect(signal.aborted).toBe(true);
  expect(state.media_id).toBe(kit.control.drafts.list()[0]?.media_id);
});
