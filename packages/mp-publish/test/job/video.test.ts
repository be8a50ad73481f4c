import { describe, expect, it } from "vitest";
import type { ArticleJob } from "../../src/job/job.ts";
import { publishArticle } from "../../src/job/publish.ts";
import { recordedClient } from "../calls/recorded.ts";

const jobOf = (video: unknown): ArticleJob => ({
  target: "draft",
  until: "uploaded",
  cover: { media_id: "cover" },
  video: video as ArticleJob["video"],
  article: { title: "灯笼街", digest: "街", content: "<p>街</p><!-- video -->" },
});

describe("a video that is in the material library", () => {
  it.each(["wxv_1084581467361148928", "apiv_1084581467361148928", "wxv_a"])(
    "%s is framed, once WeChat has approved it",
    async (vid) => {
      const paths = await framed(vid);
      const review = "/cgi-bin/material/upload_video";
      expect(paths).toEqual([review, "/cgi-bin/draft/add"]);
    },
  );

  it.each(["wxv_1", "apiv_1"])("%s is not asked about where it is known", async (vid) => {
    const { mp, calls } = recordedClient({ media_id: "draft" });
    await publishArticle(mp, jobOf({ vid, media_id: "v", approved: true }));
    expect(calls.map(({ path }) => path)).toEqual(["/cgi-bin/draft/add"]);
    expect(JSON.stringify(calls.at(-1)?.body)).toContain(`data-mpvid=\\"${vid}\\"`);
  });

  it.each([
    [{ vid: "xv_1", media_id: "v" }, /^vid must be /],
    [{ vid: "apiv_", media_id: "v" }, /^vid must be /],
    [{ vid: "apiv_1", media_id: "" }, /video\.media_id must be a string/],
    [
      { vid: "apiv_1", media_id: "v", approved: false },
      /video\.approved must be true, or left out/,
    ],
    [
      { vid: "apiv_1", media_id: "v", approved: "yes" },
      /video\.approved must be true, or left out/,
    ],
  ])("is refused before anything is sent: %j", async (video, message) => {
    const { mp, calls } = recordedClient({});
    await expect(publishArticle(mp, jobOf(video))).rejects.toThrow(message);
    expect(calls).toEqual([]);
  });
});

/** Runs the job, and returns the paths of its calls. */
async function framed(vid: string): Promise<string[]> {
  const { mp, calls } = recordedClient({ status: 3, vid }, { media_id: "draft" });
  await publishArticle(mp, jobOf({ vid, media_id: "v" }));
  expect(JSON.stringify(calls.at(-1)?.body)).toContain(`data-mpvid=\\"${vid}\\"`);
  return calls.map(({ path }) => path);
}
