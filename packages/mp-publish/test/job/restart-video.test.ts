// A video that WeChat will not go on with: the job uploads it anew, and nobody edits a state.

import { type PublishState, publishArticle, runPublishStep } from "@wechat-edge/mp-publish";
import { describe, expect, it } from "vitest";
import { failure } from "../../../../test/support/mp.ts";
import {
  cutAfter,
  type JobKit,
  jobInProcess,
  jobOf,
  STATES,
} from "../../../../test/support/publish-job.ts";

const job = jobOf("draft");
const refusal = (action: string) => ({
  kind: "reply-json" as const,
  body: { ret: 100101, errmsg: "invalid vid" },
  match: { action },
  times: 0,
});

/** A job that stands still at a state of its video, and the vid of that. */
async function standing(name: (typeof STATES)[number], options: object = {}) {
  const kit = jobInProcess({}, options);
  const state = await cutAfter(kit, job, STATES.indexOf(name) + 1);
  const { checkpoint, vid = checkpoint?.vid ?? "" } =
    (JSON.parse(state) as PublishState).video ?? {};
  return { kit, state, vid };
}

const vids = ({ control }: JobKit) => control.videos.list().map(({ vid }) => vid);

describe("a video whose upload WeChat does not know any more", () => {
  for (const [name, action] of [
    ["video… upload 0", "upload_block"],
    ["video… upload 1", "upload_finish"],
    ["video… finished 1", "save_video"],
    ["video… save 1", "save_video"],
  ] as const) {
    it(`${name}: is refused every time, until it is begun anew`, async () => {
      const { kit, state, vid } = await standing(name);
      kit.control.faults.add(refusal(action));
      if (action === "upload_finish") kit.control.faults.add(refusal("save_video"));
      for (let run = 0; run < 3; run++) {
        const given = kit.states.length === 0 ? state : kit.last();
        const error = await failure(
          publishArticle(kit.another(), job, { ...kit.keep, state: given }),
        );
        expect(error).toMatchObject({ code: "ERR_MP_API", errcode: 100101 });
        expect(error.message).toContain(`restartVideo: "${vid}"`);
      }
      kit.control.faults.clear();
      const restart = { ...kit.keep, restartVideo: vid };
      const end = await publishArticle(kit.another(), job, { ...restart, state: kit.last() });
      expect(end.state).toMatchObject({ published: true, video: { approved: true } });
      expect(vids(kit).length).toBe(2);
      expect(end.state.video?.vid).not.toBe(vid);
      expect(kit.made("draft")).toMatchObject({ covers: 1, articles: 1, submissions: 1 });
    });
  }

  it("is begun anew once, however often the option is passed, slice by slice", async () => {
    const { kit, state, vid } = await standing("video… upload 0");
    let given: PublishState | string = state;
    for (let done = false; !done; ) {
      const options = { ...kit.keep, restartVideo: vid, maxBlocks: 1 };
      const result = await runPublishStep(kit.another(), job, given, options);
      ({ state: given, done } = result);
    }
    expect(vids(kit).length).toBe(2);
    expect(kit.calls().filter((call) => call === "init").length).toBe(2);
  });
});

it("a second save that the library refuses is no end: the video is uploaded anew", async () => {
  const { kit, state, vid } = await standing("video… save 1", { saveTwice: "refuse" });
  const { mp } = kit;
  // An earlier run saved it, and its reply was lost.
  kit.control.faults.add({ kind: "cut", at: "headers", match: { action: "save_video" } });
  for (let run = 0; run < 2; run++) {
    const given = kit.states.length === 0 ? state : kit.last();
    const error = await failure(publishArticle(mp, job, { ...kit.keep, state: given }));
    expect(error).toMatchObject({ code: "ERR_MP_API", errcode: 100308 });
    expect(error.message).toContain(`restartVideo: "${vid}"`);
  }
  const end = await publishArticle(mp, job, { ...kit.keep, state: kit.last(), restartVideo: vid });
  expect(end.state.published).toBe(true);
  expect(kit.made("draft").videos).toEqual([1, 1]);
});

it("a video that did not pass its review is uploaded anew", async () => {
  for (const status of [2, 5, 9, 10]) {
    const { kit, state, vid } = await standing("video-review");
    const { media_id = "" } = (JSON.parse(state) as PublishState).video ?? {};
    kit.control.videos.setStatus(media_id, status);
    const run = publishArticle(kit.another(), job, { ...kit.keep, state });
    expect(await failure(run)).toMatchObject({ code: "ERR_REVIEW", status });
    const end = await publishArticle(kit.another(), job, { ...kit.keep, state, restartVideo: vid });
    expect(end.state.video?.vid).not.toBe(vid);
    expect(vids(kit).length).toBe(2);
  }
});

describe("restartVideo", () => {
  it("of another vid changes nothing", async () => {
    const { kit, state, vid } = await standing("video… upload 1");
    const end = await publishArticle(kit.another(), job, { state, restartVideo: "wxv_0" });
    expect(end.state.video?.vid).toBe(vid);
    expect(vids(kit)).toEqual([vid]);
  });

  it("comes too late once the article is there, and never serves a video of the library", async () => {
    const { kit, state, vid } = await standing("submit");
    const asked = kit.calls().length;
    const late = await failure(publishArticle(kit.another(), job, { state, restartVideo: vid }));
    expect(late).toMatchObject({ name: "TypeError", message: expect.stringMatching(/too late/) });
    expect(kit.calls().length).toBe(asked);
    const { media_id = "" } = (JSON.parse(state) as PublishState).video ?? {};
    const given = jobOf("draft", "published", { video: { vid, media_id } });
    const other = jobInProcess();
    const kept = await cutAfter(other, given, STATES.indexOf("video…") + 2);
    const run = publishArticle(other.another(), given, { state: kept, restartVideo: vid });
    expect(await failure(run)).toMatchObject({
      name: "TypeError",
      message: expect.stringMatching(/was there already/),
    });
  });

  it("does not hide what is wrong with the account", async () => {
    const { kit, state } = await standing("video… upload 0");
    kit.control.faults.add({ kind: "mp-error", errcode: 45009, match: { action: "upload_block" } });
    const error = await failure(publishArticle(kit.another(), job, { state }));
    expect(error.message).not.toContain("restartVideo");
  });
});
