// Each mistake in a job, and what is said of it.

import { describe, expect, it } from "vitest";
import { details } from "../../../../test/support/video.ts";
import { checkJob } from "../../src/job/check-job.ts";
import type { PublishJob } from "../../src/job/job.ts";

const file = (name: string): File => new File(["x"], name);
const ARTICLE = {
  target: "draft",
  until: "published",
  cover: file("cover.jpg"),
  article: { title: "灯笼街", content: "<p>街</p>" },
};
const PICTURES = {
  target: "draft",
  until: "published",
  article: { article_type: "newspic", title: "灯笼街", content: "街" },
  images: [file("1.jpg")],
};
const VIDEO = { vid: "wxv_1", media_id: "m" };
const FILM = { file: file("film.mp4"), details };

const check = (job: unknown) => () => checkJob(job as PublishJob);
const article = (change: object) => ({ ...ARTICLE, article: { ...ARTICLE.article, ...change } });
const message = (change: object) => ({ ...PICTURES, article: { ...PICTURES.article, ...change } });

describe("a job", () => {
  it.each<[string, object]>([
    ["of an article", ARTICLE],
    ["of news", article({ article_type: "news" })],
    ["for the publish library", { ...ARTICLE, target: "publish-library" }],
    ["that only uploads", { ...ARTICLE, until: "uploaded" }],
    ["that only submits", { ...ARTICLE, until: "submitted" }],
    ["with a function", article({ content: () => "" })],
    ["with a cover that is there", { ...ARTICLE, cover: { media_id: "m" } }],
    ["with pictures", { ...ARTICLE, images: { "a.jpg": file("a.jpg") } }],
    ["with a video", { ...article({ content: () => "" }), video: FILM }],
    [
      "with its digest",
      { ...article({ content: () => "" }), video: { ...FILM, sha1: "a".repeat(40) } },
    ],
    ["with a video that is there", { ...article({ content: () => "" }), video: VIDEO }],
    [
      "with one that is approved",
      { ...article({ content: () => "" }), video: { ...VIDEO, approved: true } },
    ],
    ["of pictures", PICTURES],
    ["of pictures that are there", { ...PICTURES, images: [{ media_id: "m" }] }],
    [
      "of twenty pictures",
      { ...PICTURES, images: Array.from({ length: 20 }, () => file("a.jpg")) },
    ],
  ])("%s is taken", (_, job) => {
    expect(check(job)).not.toThrow();
  });

  it.each<[object | undefined, string]>([
    [undefined, "A job needs { target, until, article, cover }, not undefined."],
    [
      { ...ARTICLE, target: "drafts" },
      'target must be "publish-library" or "draft", not "drafts".',
    ],
    [
      { ...ARTICLE, until: "done" },
      'until must be one of uploaded, submitted, published, not "done".',
    ],
    [{ ...ARTICLE, article: undefined }, "article must have a title, a string, not undefined."],
    [article({ title: 5 }), "article must have a title, a string, not the number 5."],
    [
      article({ article_type: "video" }),
      'article.article_type must be "news" or "newspic", or be left out, not "video".',
    ],
    [
      article({ content: undefined }),
      "article.content must be HTML or a function that returns it, not undefined.",
    ],
    ...[undefined, null].map((cover): [object, string] => [
      { ...ARTICLE, cover },
      `cover must be a picture, or the { media_id } of one in the material library, not ${cover}.`,
    ]),
    [
      { ...ARTICLE, cover: "cover.jpg" },
      "cover must be a picture, or the { media_id } of one in the material library, not a string of 9 characters.",
    ],
    [
      { ...ARTICLE, images: [] },
      "A job needs images as an object of files by their addresses, not an array of 0.",
    ],
    ...[undefined, null, "film.mp4", {}].map((video): [object, string] => [
      { ...article({ content: () => "" }), video: video === undefined ? { media_id: "m" } : video },
      `video must be { file, details }, or { vid, media_id } of a video in the material library, not ${
        video === null
          ? "null"
          : typeof video === "string"
            ? "a string of 8 characters"
            : "an object"
      }.`,
    ]),
    ...[undefined, null, "text"].map((given): [object, string] => [
      { ...article({ content: () => "" }), video: { ...FILM, details: given } },
      `video.details must be what saveVideo needs: { title, video_desc, declare_ori, newcat, newsbcat, tags, cover_url }, not ${
        given === "text" ? "a string of 4 characters" : given
      }.`,
    ]),
    ...[false, null, "yes"].map((approved): [object, string] => [
      { ...article({ content: () => "" }), video: { ...VIDEO, approved } },
      `video.approved must be true, or left out where the job should ask, not ${
        approved === "yes"
          ? "a string of 3 characters"
          : approved === null
            ? "null"
            : "the boolean false"
      }.`,
    ]),
    [
      { ...PICTURES, target: "publish-library" },
      'target must be "draft" for a picture message, not "publish-library".',
    ],
    [
      message({ content: () => "" }),
      "article.content of a picture message must be plain text, a string, not a function.",
    ],
    [
      { ...PICTURES, cover: file("a.jpg") },
      "A picture message must be without cover: its first picture is the cover. Leave it out.",
    ],
    [
      { ...PICTURES, video: VIDEO },
      "A picture message must be without video: it has pictures alone. Leave it out.",
    ],
    [
      message({ image_info: {} }),
      "A picture message must be without article.image_info: the job makes it from images. Leave it out.",
    ],
    [
      { ...PICTURES, images: { 0: file("a.jpg") } },
      "images of a picture message must be an array of its pictures in their order, not an object.",
    ],
    [{ ...PICTURES, images: [] }, "images of a picture message must be 1 to 20 pictures, not 0."],
    [
      { ...PICTURES, images: Array.from({ length: 21 }, () => file("a.jpg")) },
      "images of a picture message must be 1 to 20 pictures, not 21.",
    ],
  ])("%#: %j is refused", (job, text) => {
    expect(check(job)).toThrow(new TypeError(text));
  });

  it.each<[string, object]>([
    ["cover.media_id", { ...ARTICLE, cover: { media_id: "" } }],
    ["video.vid", { ...article({ content: () => "" }), video: { ...VIDEO, vid: "" } }],
    ["video.media_id", { ...article({ content: () => "" }), video: { ...VIDEO, media_id: 5 } }],
    ["video.sha1", { ...article({ content: () => "" }), video: { ...FILM, sha1: "a" } }],
    ["title", { ...article({ content: () => "" }), video: { ...FILM, details: {} } }],
    ["media_id", { ...PICTURES, images: [file("1.jpg"), { media_id: "" }] }],
  ])("names %s where that is wrong", (name, job) => {
    expect(check(job)).toThrow(expect.objectContaining({ message: expect.stringContaining(name) }));
    expect(check(job)).toThrow(TypeError);
  });

  it("with a video has a place for it in its HTML", () => {
    expect(check({ ...ARTICLE, video: VIDEO })).toThrow(
      /^article\.content has no <!-- video -->: put it where the video belongs\.$/,
    );
    const framed = article({ content: "<p>街</p><!-- video -->" });
    expect(check({ ...framed, video: VIDEO })).not.toThrow();
    expect(check({ ...framed, video: { ...VIDEO, vid: 'a"b' } })).toThrow(TypeError);
    expect(
      check({ ...article({ content: () => "" }), video: { ...VIDEO, vid: 'a"b' } }),
    ).not.toThrow();
  });
});
