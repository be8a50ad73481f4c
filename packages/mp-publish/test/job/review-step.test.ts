import { describe, expect, it } from "vitest";
import { jobFingerprint } from "../../src/job/fingerprint.ts";
import type { PublishJob } from "../../src/job/job.ts";
import { publishArticle } from "../../src/job/publish.ts";
import type { PublishState } from "../../src/job/state.ts";
import { recordedClient } from "../calls/recorded.ts";

const job: PublishJob = {
  target: "draft",
  until: "published",
  cover: { media_id: "cover" },
  article: { title: "灯笼街", content: "天还没亮透。" },
};
const item = { idx: 1, article_url: "http://mp.weixin.qq.com/s?x#rd" };

/** Goes on with a draft that is there: it is submitted, and then looked at once. */
async function finish(submitted: object, published: object) {
  const { mp, calls } = recordedClient(submitted, published);
  const state: PublishState = {
    v: 2,
    appid: mp.appid,
    job: await jobFingerprint(job),
    images: {},
    cover: "cover",
    media_id: "draft",
  };
  const states: string[] = [];
  const onState = (kept: PublishState) => void states.push(JSON.stringify(kept));
  const { state: end, ...result } = await publishArticle(mp, job, { state, onState });
  // What was kept is good for another run.
  for (const kept of states.slice(1)) await publishArticle(mp, job, { state: kept });
  expect(end).toEqual(JSON.parse(states.at(-1) ?? ""));
  return { result, bodies: calls.slice(0, 2).map(({ body }) => body) };
}

describe("what WeChat tells of a publication", () => {
  it("may have ids that are numbers", async () => {
    const { result, bodies } = await finish(
      { errcode: 0, errmsg: "ok", publish_id: 100_000_001, msg_data_id: 2_247_483_700 },
      {
        publish_id: 100_000_001,
        publish_status: 0,
        article_id: "a",
        article_detail: { count: 1, item: [item] },
      },
    );
    expect(bodies).toEqual([{ media_id: "draft" }, { publish_id: "100000001" }]);
    expect(result).toEqual({
      media_id: "draft",
      publish_id: "100000001",
      msg_data_id: "2247483700",
      article_id: "a",
      url: item.article_url,
    });
  });

  for (const [what, detail] of Object.entries({
    "no details": undefined,
    "no articles": { count: 0, item: [] },
    "an empty address": { count: 1, item: [{ idx: 1, article_url: "" }] },
    "no address": { count: 1, item: [{ idx: 1 }] },
    "an address that is null": { count: 1, item: [{ idx: 1, article_url: null }] },
  })) {
    it(`may have ${what}: it is published all the same`, async () => {
      const { result } = await finish(
        { errcode: 0, publish_id: "1" },
        { publish_id: "1", publish_status: 0, article_detail: detail },
      );
      expect(result).toEqual({ media_id: "draft", publish_id: "1" });
    });
  }
});
