// A whole job as it should go: from files to a published article, by either way.

import { createSource } from "@wechat-edge/core";
import {
  nextPublishStep,
  type PublishState,
  publishArticle,
  queryNews,
  runPublishStep,
  startPublishing,
  type UploadedParts,
} from "@wechat-edge/mp-publish";
import { describe, expect, it } from "vitest";
import { media } from "../../support/media.ts";
import { failure, mpOverHttp } from "../../support/mp.ts";
import {
  addresses,
  articleIn,
  cover,
  film,
  jobInProcess,
  jobOf,
  nameOf,
  ONCE,
  picture,
  plainJob,
  REQUESTS,
  STATES,
  TARGETS,
} from "../../support/publish-job.ts";
import { details } from "../../support/video.ts";

const SUBMITTED = /^http:\/\/mp\.weixin\.qq\.com\/s\?__biz=/;

for (const target of TARGETS) {
  describe(`publishArticle to the ${target}`, () => {
    it(`${target === "publish-library" ? "[publish.1] " : ""}makes each request once, in order, and keeps a state before and after each`, async () => {
      const kit = jobInProcess();
      const job = jobOf(target);
      await publishArticle(kit.mp, job, kit.keep);
      expect(kit.calls()).toEqual(REQUESTS);
      expect(kit.made(target)).toEqual(ONCE);
      const states = kit.states.map((state) => nameOf(job, JSON.parse(state) as PublishState));
      expect(states).toEqual(STATES);
      expect(kit.control.journal.entries().every(({ code }) => code === undefined)).toBe(true);
    });

    it("until published: with its ids and its address", async () => {
      const kit = jobInProcess();
      const { state, ...result } = await publishArticle(kit.mp, jobOf(target));
      const [publication] = kit.control.publications.list();
      const { media_id, url } = result;
      expect(url).toMatch(SUBMITTED);
      if (target === "publish-library") {
        expect(result).toEqual({ media_id, url });
        expect(kit.control.news.list()).toMatchObject([{ media_id, status: "发布成功" }]);
        expect(await queryNews(kit.mp, { media_id })).toMatchObject({ status: "published", url });
      } else {
        const { publish_id, msg_data_id, article_id } = publication ?? {};
        expect(result).toEqual({ media_id, publish_id, msg_data_id, article_id, url });
        expect(publication).toMatchObject({ media_id, status: 0 });
      }
      expect(state).toEqual(JSON.parse(JSON.stringify({ ...state, published: true })));
    });

    it("goes up over HTTP", async () => {
      const images = { "片.jpg": await media("picture-1.jpg") };
      const content = `<p>天还没亮透。</p><img src="片.jpg">`;
      const job = plainJob(target, "submitted", { content }, images);
      const result = await publishArticle(mpOverHttp(), {
        ...job,
        cover: await media("cover.jpg"),
      });
      expect(result.media_id).toMatch(/^[\w-]{43}$/);
      expect(result.state.images["片.jpg"]).toMatch(/^http:\/\/mmbiz\.qpic\.cn\//);
    });

    it("drives step by step, as a Workflow does: each with nothing but the state's JSON", async () => {
      const kit = jobInProcess({}, { review: {} });
      const job = jobOf(target);
      let text = JSON.stringify(await startPublishing(kit.mp, job));
      const steps: (string | undefined)[] = [];
      for (let done = false; !done; ) {
        const before = JSON.parse(text) as PublishState;
        steps.push(nextPublishStep(job, before));
        const result = await runPublishStep(kit.another(), job, text);
        ({ done } = result);
        text = JSON.stringify(result.state);
        if (result.waiting) kit.control.clock.advance(600);
        expect(result.waiting && result.state).toEqual(result.waiting && before);
      }
      const waited = ["video-review", "video-review", "video-review", "video-review"];
      expect(steps).toEqual([
        ...["cover", "image:a.jpg", "image:b.png", "video", ...waited, "video-review"],
        ...["article", "submit", "review", "review", "review"],
      ]);
      expect(kit.made(target)).toEqual(ONCE);
      const end = JSON.parse(text) as PublishState;
      expect(nextPublishStep(job, end)).toBe(undefined);
      const again = await runPublishStep(kit.mp, job, text, kit.keep);
      expect(again).toEqual({ state: end, done: true, waiting: false });
      expect(kit.states).toEqual([]);
    });
  });
}

it("reads the names of pictures as HTML writes them, or says which it cannot read", async () => {
  const kit = jobInProcess();
  const images = { "灯&é.jpg": picture("a.jpg", 201), "it's.jpg": picture("b.jpg", 202) };
  const written = `<img src='&#x706f;&amp;&#233;.jpg'><p style="background:url('it\\27 s.jpg')"></p>`;
  await publishArticle(kit.mp, plainJob("draft", "uploaded", { content: written }, images));
  const { "a.jpg": a, "b.jpg": b } = addresses(kit);
  expect(articleIn(kit, "draft")?.content).toBe(
    `<img src='${a}'><p style="background:url('${b}')"></p>`,
  );
  const other = jobInProcess();
  const job = plainJob("draft", "uploaded", { content: "<img src=灯&amp;&eacute;.jpg>" }, images);
  const error = await failure(publishArticle(other.mp, job));
  expect(error).toMatchObject({ code: "ERR_ARTICLE", findings: [{ rule: "image-foreign" }] });
  expect(other.calls()).toEqual([]);
});

it("reads files as sources of any kind", async () => {
  const kit = jobInProcess();
  const bytes = new Uint8Array(await cover.arrayBuffer());
  const source = createSource(bytes, { name: "cover.jpg" });
  const job = jobOf("draft", "uploaded", { cover: source, video: { file: film, details } });
  await publishArticle(kit.mp, job);
  expect(kit.made("draft")).toEqual({ ...ONCE, submissions: 0 });
});

it("needs no picture's name to be pretty", async () => {
  const names = ["__proto__", "constructor", "0", " a b ", "灯笼🏮.jpg", "\n", ""];
  const named = names.map((name, at) => [name, picture(`${at}.jpg`, 300 + at)] as const);
  const content = ({ images: urls }: UploadedParts) =>
    names.map((name) => `<img src="${urls[name]}">`).join("");
  const job = plainJob("draft", "uploaded", { content }, Object.fromEntries(named));
  const kit = jobInProcess();
  await publishArticle(kit.mp, job);
  const urls = addresses(kit);
  expect(articleIn(kit, "draft")?.content).toBe(
    named.map(([, { name }]) => `<img src="${urls[name]}">`).join(""),
  );
});
