// What a job is known by in a saved state. Its text must stay: states of 0.1.0 have it.

import { digest } from "@wechat-edge/core";
import { describe, expect, it } from "vitest";
import { details } from "../../../../test/support/video.ts";
import { articleDigest, jobFingerprint } from "../../src/job/fingerprint.ts";
import type { PublishJob } from "../../src/job/job.ts";

const file = (name: string, text = "x"): File => new File([text], name);
const of = (value: object) => digest(new TextEncoder().encode(JSON.stringify(value)), "SHA-256");

const PARTS = {
  until: "published" as const,
  cover: file("cover.jpg"),
  images: { b: file("b.jpg", "xx"), a: file("a.jpg") },
  article: { title: "灯笼街", content: "<p>街</p>" },
};

describe("the fingerprint of a job", () => {
  it("is that of its target, title, and the names and sizes of its files in order", async () => {
    const images = [
      ["a", ["a.jpg", 1]],
      ["b", ["b.jpg", 2]],
    ];
    const draft = { target: "draft", title: "灯笼街", cover: ["cover.jpg", 1], images };
    expect(await jobFingerprint({ ...PARTS, target: "draft" })).toBe(await of(draft));
    const film = { file: file("film.mp4", "xxx"), details };
    expect(await jobFingerprint({ ...PARTS, target: "publish-library", video: film })).toBe(
      await of({ ...draft, target: "library", video: ["film.mp4", 3] }),
    );
  });

  it("has the ids of what is in the library", async () => {
    const job: PublishJob = {
      ...PARTS,
      target: "draft",
      cover: { media_id: "c" },
      images: undefined,
      video: { vid: "wxv_1", media_id: "v" },
    };
    const parts = { target: "draft", title: "灯笼街", cover: "c", images: [], video: "v" };
    expect(await jobFingerprint(job)).toBe(await of(parts));
  });

  it("of pictures has them in their order", async () => {
    const job: PublishJob = {
      target: "draft",
      until: "published",
      article: { article_type: "newspic", title: "灯笼街", content: "街" },
      images: [file("2.jpg", "xx"), { media_id: "m" }, file("1.jpg")],
    };
    const pictures = [["2.jpg", 2], "m", ["1.jpg", 1]];
    expect(await jobFingerprint(job)).toBe(
      await of({ target: "draft", article_type: "newspic", title: "灯笼街", pictures }),
    );
  });

  it("names the file that is none", async () => {
    const job = (change: object) => ({ ...PARTS, target: "draft", ...change }) as PublishJob;
    for (const [change, name] of [
      [{ cover: 5 }, "cover"],
      [{ images: { "a.jpg": 5 } }, 'images["a.jpg"]'],
      [{ video: { file: 5, details } }, "video.file"],
    ] as const) {
      await expect(jobFingerprint(job(change))).rejects.toThrow(
        expect.objectContaining({ message: expect.stringContaining(name) }),
      );
    }
  });
});

it("the digest of an article is that of all its fields", async () => {
  const { article } = PARTS;
  expect(await articleDigest({ ...PARTS, target: "draft" })).toBe(await of(article));
});
