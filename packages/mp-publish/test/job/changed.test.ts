// A job that is not what it was, or is told of what is not there: nothing else is published in its place.

import { addDraft, publishArticle } from "@wechat-edge/mp-publish";
import { describe, expect, it } from "vitest";
import { failure } from "../../../../test/support/mp.ts";
import { jobInProcess, picture, plainJob } from "../../../../test/support/publish-job.ts";

const images = { "a.jpg": picture("a.jpg", 201) };

for (const target of ["publish-library", "draft"] as const) {
  describe(`an article for the ${target} that was changed after it had been sent`, () => {
    const sent = plainJob(target, "uploaded", { content: "<p>With a mistake</p>" });

    it.each([{ content: "<p>Corrected</p>" }, { content: "<p>With a mistake</p>", digest: "New" }])(
      "is not taken for the one that was sent: %j",
      async (article) => {
        const kit = jobInProcess();
        const { state } = await publishArticle(kit.mp, sent, kit.keep);
        const asked = kit.calls().length;
        const job = plainJob(target, "published", article);
        const error = await failure(publishArticle(kit.another(), job, { state }));
        expect(error).toMatchObject({ code: "ERR_CHECKPOINT", reason: "job" });
        expect(error.message).toContain(target === "draft" ? "updateDraft" : "updateNews");
        expect(kit.calls().length).toBe(asked);
      },
    );

    it("goes on as it was, and after a change before it is sent", async () => {
      const kit = jobInProcess();
      const { state } = await publishArticle(kit.mp, sent, kit.keep);
      const [, cover] = kit.states;
      const published = { ...sent, until: "published" } as const;
      expect((await publishArticle(kit.another(), published, { state })).state.published).toBe(
        true,
      );
      const corrected = plainJob(target, "uploaded", { content: "<p>Corrected</p>" });
      const again = await publishArticle(kit.another(), corrected, { state: cover });
      expect(again.media_id).not.toBe(state.media_id);
    });
  });

  describe(`a job for the ${target} whose parts do not meet`, () => {
    it.each([
      [
        "a name that the content has not",
        `<p><img src="b.jpg"></p>`,
        /images has "a\.jpg", but article\.content/,
      ],
      [
        "a tag that does not end",
        `<p>x<img src='a.jpg">the rest</p>`,
        /images has "a\.jpg", but article\.content/,
      ],
      [
        "a place for a video that the job does not have",
        `<img src="a.jpg"><!-- video -->`,
        /has <!-- video -->, but the job has no video/,
      ],
    ])("is refused before anything is sent: %s", async (_, content, message) => {
      const kit = jobInProcess();
      const own = content.includes("b.jpg")
        ? { ...images, "b.jpg": picture("b.jpg", 202) }
        : images;
      const job = plainJob(target, "published", { content }, own);
      const error = await failure(publishArticle(kit.mp, job));
      expect(error).toMatchObject({ name: "TypeError", message: expect.stringMatching(message) });
      expect(kit.calls()).toEqual([]);
    });
  });

  describe(`a reply for the ${target} that is not WeChat's`, () => {
    it.each([307, 400, 408, 499])("of status %i leaves the article in doubt", async (status) => {
      const kit = jobInProcess({ retry: false });
      const path = target === "draft" ? "/cgi-bin/draft/add" : "/cgi-bin/publish/uploadnews";
      kit.control.faults.add({ kind: "html", status, match: { path } });
      const error = await failure(publishArticle(kit.mp, plainJob(target), kit.keep));
      expect(error).toMatchObject({ code: "ERR_OUTCOME_UNKNOWN", cause: { code: "ERR_REPLY" } });
      expect(kit.last().pending).toBe("article");
    });
  });

  it(`resolution for the ${target}: a media_id that is not there leaves the state as it was`, async () => {
    const kit = jobInProcess({ retry: false });
    const path = target === "draft" ? "/cgi-bin/draft/add" : "/cgi-bin/publish/uploadnews";
    kit.control.faults.add({ kind: "cut", at: "before", match: { path } });
    await failure(publishArticle(kit.mp, plainJob(target), kit.keep));
    const before = kit.last();
    const resolution = { attempt: before.attempt ?? "", media_id: "typo" };
    const options = { ...kit.keep, state: before, resolution };
    const error = await failure(publishArticle(kit.another(), plainJob(target), options));
    expect(error).toMatchObject({ code: "ERR_MP_API", errcode: 40007 });
    expect(kit.last()).toEqual(before);
  });
}

it("resolution: somebody else's draft is not published", async () => {
  const kit = jobInProcess({ retry: false });
  kit.control.faults.add({ kind: "cut", at: "before", match: { path: "/cgi-bin/draft/add" } });
  const job = plainJob("draft");
  await failure(publishArticle(kit.mp, job, kit.keep));
  const thumb_media_id = kit.last().cover ?? "";
  const other = { thumb_media_id, title: "Not to be published", content: "<p>…</p>" };
  const { media_id } = await addDraft(kit.another(), { articles: [other] });
  const resolution = { attempt: kit.last().attempt ?? "", media_id };
  const options = { ...kit.keep, state: kit.last(), resolution };
  const error = await failure(publishArticle(kit.another(), job, options));
  expect(error.message).toMatch(/title ".+"; the draft .+ has the title "Not to be published"/);
  expect(kit.control.publications.list()).toEqual([]);
});
