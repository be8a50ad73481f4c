// What publishArticle hands out, at the beginning and at the end.

import { describe, expect, it } from "vitest";
import { failure } from "../../../../test/support/mp.ts";
import { jobInProcess, plainJob, type Target } from "../../../../test/support/publish-job.ts";
import { publishArticle } from "../../src/job/publish.ts";
import type { PublishState } from "../../src/job/state.ts";

/** The keys of a result, and those of all states that hold nothing. */
async function keysOf(target: Target, until: "uploaded" | "published", told?: object) {
  const { mp, control } = jobInProcess();
  if (told !== undefined) {
    for (const path of ["/cgi-bin/freepublish/get", "/cgi-bin/publish/query"]) {
      control.faults.add({ kind: "reply-json", body: told, match: { path } });
    }
  }
  const empty: string[] = [];
  const onState = (state: PublishState): void => {
    for (const [key, value] of Object.entries(state)) if (value === undefined) empty.push(key);
  };
  const result = await publishArticle(mp, plainJob(target, until), { onState });
  return { keys: Object.keys(result), empty };
}

describe("a result", () => {
  it("has what is known, and no key without a value", async () => {
    expect(await keysOf("draft", "uploaded")).toEqual({ keys: ["media_id", "state"], empty: [] });
    expect(await keysOf("draft", "published")).toEqual({
      keys: ["media_id", "publish_id", "msg_data_id", "article_id", "url", "state"],
      empty: [],
    });
    expect(await keysOf("draft", "published", { publish_id: "1", publish_status: 0 })).toEqual({
      keys: ["media_id", "publish_id", "msg_data_id", "state"],
      empty: [],
    });
    expect(await keysOf("publish-library", "published")).toEqual({
      keys: ["media_id", "url", "state"],
      empty: [],
    });
    const silent = { status: "发布成功" };
    expect(await keysOf("publish-library", "published", silent)).toEqual({
      keys: ["media_id", "state"],
      empty: [],
    });
  });
});

it("the first state comes before anything is sent, and without one nothing is", async () => {
  const kit = jobInProcess();
  const stop = new Error("the disk is full");
  const run = publishArticle(kit.mp, plainJob("draft"), {
    onState: (state) => {
      expect(Object.keys(state).sort()).toEqual(["appid", "images", "job", "v"]);
      throw stop;
    },
  });
  expect(await failure(run)).toBe(stop);
  expect(kit.calls()).toEqual([]);
});

it("a wait that takes too long says what it waited for", async () => {
  const kit = jobInProcess({}, { review: { publication: 600_000 } });
  const run = publishArticle(kit.mp, plainJob("draft"), { ...kit.keep, maxWait: 60_000 });
  expect((await failure(run)).message).toMatch(/^The article or its video /);
});
