// A whole job as it should go: from files to a published article, by either way.

import { type PublishProgress, publishArticle, videoFrame } from "@wechat-edge/mp-publish";
import { describe, expect, it } from "vitest";
import {
  addresses,
  articleIn,
  type JobKit,
  jobInProcess,
  jobOf,
  ONCE,
  picture,
  plainJob,
  REQUESTS,
  TARGETS,
} from "../../../../test/support/publish-job.ts";
import { details, MIB, readable, videoBytes } from "../../../../test/support/video.ts";

for (const target of TARGETS) {
  describe(`publishArticle to the ${target}`, () => {
    it("until uploaded: nobody sees it", async () => {
      const kit = jobInProcess();
      const { state, ...result } = await publishArticle(kit.mp, jobOf(target, "uploaded"));
      const { media_id } = result;
      expect(result).toEqual({ media_id });
      const stored = target === "publish-library" ? kit.control.news : kit.control.drafts;
      expect(stored.list().map((each) => each.media_id)).toEqual([media_id]);
      expect(kit.made(target)).toEqual({ ...ONCE, submissions: 0 });
      expect(kit.calls()).toEqual(REQUESTS.slice(0, -2));
      expect(state.submitted).toBe(undefined);
    });

    it("until submitted: it does not wait", async () => {
      const kit = jobInProcess({}, { review: { transcoding: 0, video: 0 } });
      const { state, ...result } = await publishArticle(kit.mp, jobOf(target, "submitted"));
      const { media_id, publish_id } = result;
      const publications = kit.control.publications.list();
      const msg_data_id = publications[0]?.msg_data_id;
      expect(result).toEqual(
        target === "publish-library" ? { media_id } : { media_id, publish_id, msg_data_id },
      );
      expect(publications.map((each) => each.publish_id)).toEqual(
        target === "publish-library" ? [] : [publish_id],
      );
      expect(kit.made(target)).toEqual(ONCE);
      expect(kit.calls()).toEqual(REQUESTS.slice(0, -1));
      expect(state).toMatchObject({ submitted: true, media_id });
      expect(kit.pauses).toEqual([]);
    });

    it("goes further with the state of a job that went less far, and no further than it was told", async () => {
      const kit = jobInProcess();
      for (const [until, requests] of [
        ["uploaded", -2],
        ["submitted", -1],
        ["published", REQUESTS.length],
        ["uploaded", REQUESTS.length],
      ] as const) {
        const state = kit.states.at(-1);
        const result = await publishArticle(kit.mp, jobOf(target, until), { ...kit.keep, state });
        expect(result.state).toEqual(kit.last());
        expect(kit.calls()).toEqual(REQUESTS.slice(0, requests));
      }
      expect(kit.made(target)).toEqual(ONCE);
    });

    it("puts WeChat's addresses wherever the content names a picture, and the video's frame", async () => {
      const kit = jobInProcess({}, { cardPictures: "any" });
      const tea = "img/tea.png?v=2&s=1";
      const content = (street: string, tea: string, wall: string, card: string, frame: string) =>
        `<p>天还没亮透,<b>街</b>是湿的。</p>\n<img src="${street}" alt="street.jpg" srcset="${street} 1x, ${wall} 2x">` +
        `<p><img class=tea data-src='${tea}'></p><section style="padding: 1em; background: url( ${wall} ) no-repeat">墙</section>` +
        `<table><tr><td background=${wall}>street.jpg</table>` +
        `<mp-miniprogram data-miniprogram-appid="wx123123123" data-miniprogram-path="pages/index" data-miniprogram-title="茶" data-miniprogram-imageurl="${card}"></mp-miniprogram>` +
        `<p>${frame}</p><!-- street.jpg -->`;
      const job = jobOf(target, "published", {
        images: {
          "street.jpg": picture("street.jpg", 201),
          [tea]: picture("tea.png", 202),
          "wall.jpg": picture("wall.jpg", 203),
          "card.png": picture("card.png", 204),
        },
        article: {
          author: "wechat-edge",
          content: content(
            "street.jpg",
            tea.replace("&", "&amp;"),
            "wall.jpg",
            "card.png",
            "<!-- video -->",
          ),
        },
      });
      await publishArticle(kit.mp, job);
      const urls = addresses(kit);
      const names = ["street.jpg", "tea.png", "wall.jpg", "card.png"];
      expect(Object.keys(urls).sort()).toEqual([...names].sort());
      const [street = "", tee = "", wall = "", card = ""] = names.map((name) => urls[name]);
      const vid = kit.control.videos.list()[0]?.vid ?? "";
      const thumb_media_id = kit.control.mpMedia.find(({ kind }) => kind === "permanent")?.media_id;
      expect(articleIn(kit, target)).toMatchObject({
        title: "灯笼街的一天",
        author: "wechat-edge",
        // Without quotes, = is a reference.
        content: content(street, tee, wall, card, videoFrame(vid)).replace(
          /(background=[^>]+)=jpeg>/,
          "$1&#61;jpeg>",
        ),
        thumb_media_id,
      });
      const stored = target === "publish-library" ? kit.control.news.list()[0] : undefined;
      expect(stored?.warnings ?? []).toEqual([]);
    });

    it("takes a content that is a function, given the addresses and the vid", async () => {
      const kit = jobInProcess();
      const seen: unknown[] = [];
      const content = async (parts: { images: Record<string, string>; vid?: string }) => {
        seen.push(structuredClone(parts));
        return `<img src="${parts.images["a.jpg"]}">${videoFrame(parts.vid ?? "")}`;
      };
      await publishArticle(kit.mp, jobOf(target, "published", { article: { content } }));
      const urls = addresses(kit);
      const vid = kit.control.videos.list()[0]?.vid ?? "";
      expect(seen).toEqual([{ images: urls, vid }]);
      expect(articleIn(kit, target)?.content).toBe(
        `<img src="${urls["a.jpg"]}">${videoFrame(vid)}`,
      );
    });

    it("takes a cover and a video that are there already", async () => {
      const kit = jobInProcess();
      const first = await publishArticle(kit.mp, jobOf(target));
      const { cover: media_id = "", video = {} } = first.state;
      kit.control.journal.clear();
      const given = { vid: video.vid ?? "", media_id: video.media_id ?? "" };
      const job = jobOf(target, "published", { cover: { media_id }, video: given });
      const { state } = await publishArticle(kit.mp, job, kit.keep);
      const uploads = ["token", "cover", "init", "block 1", "finish", "save"];
      expect(kit.calls()).toEqual(REQUESTS.filter((request) => !uploads.includes(request)));
      expect(state).toMatchObject({ cover: media_id, video: { ...given, approved: true } });
      const articles =
        target === "publish-library"
          ? kit.control.news.list().map(({ article }) => article)
          : kit.control.publications.list().flatMap((each) => each.articles);
      expect(articles.map((each) => each.thumb_media_id)).toEqual([media_id, media_id]);
      expect(articles.map((each) => each.content.includes(`data-mpvid="${given.vid}"`))).toEqual([
        true,
        true,
      ]);
    });

    it("makes do with a cover and a string", async () => {
      const kit = jobInProcess();
      await publishArticle(kit.mp, plainJob(target, "published", { content: "没有标签" }));
      expect(kit.calls()).toEqual(["token", "cover", "article", "submit", "article?"]);
      expect(articleIn(kit, target)?.content).toBe("没有标签");
    });

    it("waits with growing pauses, and tells how far it is", async () => {
      const review = { transcoding: 9000, video: 1000, news: 4000, publication: 4000 };
      const kit = jobInProcess({}, { review });
      const progress: PublishProgress[] = [];
      await publishArticle(kit.mp, jobOf(target), {
        ...kit.keep,
        onProgress: (each) => void progress.push(each),
      });
      expect(kit.pauses).toEqual([2000, 3000, 4500, 6750, 2000, 3000]);
      const waits = (step: string) => progress.filter((each) => each.step === step).length;
      expect([waits("video-review"), waits("review")]).toEqual([5, 3]);
      expect(progress.map(({ done }) => done)).toEqual(
        progress.map(({ done }) => done).sort((a, b) => a - b),
      );
      expect(progress[0]).toEqual({ step: "image:a.jpg", done: 1, total: 8 });
      expect(progress.at(-1)).toEqual({ step: undefined, done: 8, total: 8 });
    });

    it("waits no longer than maxWait, and goes on from there", async () => {
      const review = { transcoding: 0, video: 0, news: 60_000, publication: 60_000 };
      const kit = jobInProcess({}, { review });
      const job = jobOf(target);
      const options = { ...kit.keep, minInterval: 1000, maxInterval: 2000, maxWait: 6000 };
      const started = kit.control.clock.now();
      await expect(publishArticle(kit.mp, job, options)).rejects.toMatchObject({
        code: "ERR_TIMEOUT",
        message: expect.stringContaining("6000 ms"),
      });
      expect(kit.pauses).toEqual([1000, 1500, 2000, 1500]);
      expect(kit.control.clock.now() - started).toBeLessThan(7000);
      expect(kit.last()).toMatchObject({ submitted: true });
      await publishArticle(kit.another(), job, { state: kit.last() });
      expect(kit.made(target)).toEqual(ONCE);
      expect(kit.calls().filter((call) => call === "submit").length).toBe(1);
    });
  });
}

it("tells of the video's blocks, and sends them one by one", async () => {
  let underWay = 0;
  let most = 0;
  const kit: JobKit = jobInProcess({
    async fetch(input, init) {
      underWay += 1;
      most = Math.max(most, underWay);
      const reply = await kit.emulator.fetch(input, init);
      underWay -= 1;
      return reply;
    },
  });
  const video = { file: readable(videoBytes(2 * MIB)), details };
  const phases = new Set<string>();
  await publishArticle(kit.mp, jobOf("draft", "uploaded", { video }), {
    onVideoProgress: ({ phase }) => void phases.add(phase),
  });
  expect([...phases]).toEqual(["hash", "upload", "finish", "save"]);
  expect(most).toBe(1);
});

it("sends as many blocks at a time as it may", async () => {
  let all = (): void => undefined;
  const three = new Promise<void>((resolve) => {
    all = resolve;
  });
  let blocks = 0;
  const kit: JobKit = jobInProcess({
    async fetch(input, init) {
      if (new URL(input).search.includes("upload_block")) {
        blocks += 1;
        if (blocks === 3) all();
        await three;
      }
      return kit.emulator.fetch(input, init);
    },
  });
  const video = { file: readable(videoBytes(3 * MIB)), details };
  await publishArticle(kit.mp, jobOf("draft", "uploaded", { video }), { concurrency: 3 });
  expect(kit.made("draft")).toEqual({ ...ONCE, submissions: 0 });
});
