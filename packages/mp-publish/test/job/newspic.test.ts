import { type FileInput, MediaError } from "@wechat-edge/core";
import { describe, expect, it } from "vitest";
import { failure } from "../../../../test/support/mp.ts";
import { type JobKit, jobInProcess, picture } from "../../../../test/support/publish-job.ts";
import type { LibraryPicture, PictureJob } from "../../src/job/job.ts";
import { publishArticle } from "../../src/job/publish.ts";
import type { PublishState } from "../../src/job/state.ts";
import { nextPublishStep, runPublishStep, startPublishing } from "../../src/job/steps.ts";

const files = (count: number): File[] =>
  Array.from({ length: count }, (_, at) => picture(`${at + 1}.jpg`, 201 + at));

function newspic(
  images: readonly LibraryPicture[],
  parts: Partial<Omit<PictureJob, "images">> = {},
): PictureJob {
  return {
    target: "draft",
    until: "published",
    article: { article_type: "newspic", title: "灯笼街", content: "天还没亮透。" },
    images,
    ...parts,
  };
}

/** Names of the uploaded pictures, in their order. */
const uploaded = ({ control }: JobKit): string[] => control.mpMedia.map(({ filename }) => filename);

/** The names of a message's pictures, in their order, wherever it is. */
function shown({ control }: JobKit): (string | undefined)[] {
  const message = control.drafts.list()[0] ?? control.publications.list()[0];
  const list = message?.articles[0]?.image_info?.image_list ?? [];
  const nameOf = (id: string) => control.mpMedia.find(({ media_id }) => media_id === id)?.filename;
  return list.map(({ image_media_id }) => nameOf(image_media_id));
}

describe("a picture message as a job", () => {
  it.each([1, 2, 20])("of %i pictures is published, in their order", async (count) => {
    const kit = jobInProcess();
    const job = newspic(files(count));
    const { state, ...result } = await publishArticle(kit.mp, job, kit.keep);
    const [publication] = kit.control.publications.list();
    const { publish_id, article_id, media_id } = publication ?? {};
    expect(result).toMatchObject({ media_id, publish_id, article_id });
    expect(publication?.articles[0]).toMatchObject({
      ...{ article_type: "newspic", title: "灯笼街", content: "天还没亮透。" },
    });
    const names = files(count).map(({ name }) => name);
    expect([uploaded(kit), shown(kit)]).toEqual([names, names]);
    const calls = ["article", "submit", "article?"];
    expect(kit.calls()).toEqual(["token", ...names.map(() => "cover"), ...calls]);
    expect(Object.keys(state.images)).toEqual(names.map((_, at) => String(at)));
    // Its own last state makes no more of it.
    await publishArticle(kit.another(), job, { state });
    expect(kit.control.publications.list().length).toBe(1);
  });

  it("keeps the same picture twice, and two of one name, apart", async () => {
    const kit = jobInProcess();
    const [one = picture("1.jpg", 201)] = files(1);
    const namesake = picture("1.jpg", 333);
    await publishArticle(kit.mp, newspic([one, one, namesake]));
    const list = kit.control.publications.list()[0]?.articles[0]?.image_info?.image_list ?? [];
    const sizes = list.map(
      ({ image_media_id: id }) =>
        kit.control.mpMedia.find(({ media_id }) => media_id === id)?.bytes?.length,
    );
    expect(new Set(list.map(({ image_media_id }) => image_media_id)).size).toBe(3);
    expect(sizes).toEqual([201, 201, 333]);
  });

  it("takes pictures that are in the library", async () => {
    const kit = jobInProcess();
    const first = await publishArticle(kit.mp, newspic(files(2)));
    kit.control.journal.clear();
    const { "0": a = "", "1": b = "" } = first.state.images;
    const images = [{ media_id: b }, picture("3.jpg", 300), { media_id: a }];
    await publishArticle(kit.mp, newspic(images, { until: "uploaded" }));
    expect(kit.calls()).toEqual(["cover", "article"]);
    expect(shown(kit)).toEqual(["2.jpg", "3.jpg", "1.jpg"]);
  });

  it("sends crops and a product", async () => {
    const kit = jobInProcess();
    const crop = { ratio: "1_1", x1: "0", y1: "0", x2: "0.5", y2: "1" } as const;
    const extras = {
      cover_info: { crop_percent_list: [crop] },
      product_info: { footer_product_info: { product_key: "k" } },
    };
    const bodies: unknown[] = [];
    const fetch: typeof globalThis.fetch = async (input, init) => {
      const request = new Request(input, init);
      if (request.url.includes("draft/add")) bodies.push(await request.clone().json());
      return kit.emulator.fetch(request);
    };
    const mp = kit.another({ fetch });
    const article = { ...newspic([]).article, ...extras, need_open_comment: 1 } as const;
    const { state } = await publishArticle(mp, newspic(files(1), { until: "uploaded", article }));
    const image_info = { image_list: [{ image_media_id: state.images["0"] }] };
    expect(bodies).toEqual([{ articles: [{ ...article, image_info }] }]);
  });

  it("drives step by step, whatever the process", async () => {
    const kit = jobInProcess();
    const job = newspic(files(3), { until: "submitted" });
    let text = JSON.stringify(await startPublishing(kit.mp, job));
    const steps: (string | undefined)[] = [];
    for (let done = false; !done; ) {
      steps.push(nextPublishStep(job, JSON.parse(text) as PublishState));
      const result = await runPublishStep(kit.another(), job, text);
      done = result.done;
      text = JSON.stringify(result.state);
    }
    expect(steps).toEqual(["image:0", "image:1", "image:2", "article", "submit"]);
  });

  it("goes on from each of its states, and makes each request once", async () => {
    const whole = jobInProcess();
    const job = newspic(files(2));
    await publishArticle(whole.mp, job, whole.keep);
    for (const [cut] of whole.states.entries()) {
      const kit = jobInProcess();
      let left = cut + 1;
      let kept = "";
      const gone = new Error("The process is gone.");
      const onState = (state: PublishState) => {
        kept = JSON.stringify(state);
        left -= 1;
        if (left === 0) throw gone;
      };
      await expect(publishArticle(kit.mp, job, { onState })).rejects.toBe(gone);
      const { attempt } = JSON.parse(kept) as PublishState;
      const outcome = "nothing" as const;
      const resolution = attempt === undefined ? undefined : { attempt, outcome };
      await publishArticle(kit.another(), job, { state: kept, resolution });
      expect([cut, uploaded(kit), shown(kit)]).toEqual([
        cut,
        ["1.jpg", "2.jpg"],
        ["1.jpg", "2.jpg"],
      ]);
      expect(kit.control.publications.list().length).toBe(1);
    }
  });

  it("in another order, or with another picture, is another job", async () => {
    const kit = jobInProcess();
    const [a = picture("", 1), b = picture("", 1), c = picture("", 1)] = files(3);
    const state = await startPublishing(kit.mp, newspic([a, b]));
    for (const images of [[b, a], [a], [a, b, c], [a, { media_id: "m" }], [a, c]]) {
      const error = await failure(publishArticle(kit.mp, newspic(images), { state }));
      expect(error).toMatchObject({ code: "ERR_CHECKPOINT", reason: "job" });
    }
    const article = { ...newspic([]).article, title: "另一条" };
    const other = await failure(publishArticle(kit.mp, newspic([a, b], { article }), { state }));
    expect(other).toMatchObject({ code: "ERR_CHECKPOINT", reason: "job" });
    expect(kit.calls()).toEqual([]);
  });

  it("has no state of an article, nor an article one of it", async () => {
    const kit = jobInProcess();
    const job = newspic(files(1), { until: "uploaded" });
    const { state } = await publishArticle(kit.mp, job);
    const damaged = { ...state, cover: "c" };
    const error = await failure(publishArticle(kit.mp, job, { state: damaged }));
    expect(error).toMatchObject({ code: "ERR_CHECKPOINT", reason: "malformed" });
    const images = { ...state.images, "1": "m" };
    const more = await failure(publishArticle(kit.mp, job, { state: { ...state, images } }));
    expect(more).toMatchObject({ code: "ERR_CHECKPOINT", reason: "malformed" });
  });
});

describe("a picture message that cannot be is refused before anything is sent", () => {
  const one = files(1);
  const wrong: Readonly<Record<string, [job: unknown, message: RegExp]>> = {
    "no picture": [newspic([]), /images .* must be 1 to 20 pictures, not 0\./],
    "21 pictures": [newspic(files(21)), /1 to 20 pictures, not 21\./],
    "no list": [newspic({ a: one[0] } as never), /images .* must be an array .*, not an object\./],
    "a hole": [newspic(Array.from({ length: 2, 0: one[0] }) as never), /images\[1\] /],
    "holes alone": [newspic(Object.assign([], { length: 2 })), /images\[0\] /],
    "null for a picture": [newspic([null as never]), /images\[0\] /],
    "an address for a picture": [newspic(["https://x/a.png" as never]), /images\[0\] /],
    "an empty media_id": [newspic([{ media_id: "" }]), /images\[0\]\.media_id must be a string/],
    "a cover": [newspic(one, { cover: one[0] } as never), /without cover: its first picture is/],
    "a video": [newspic(one, { video: { vid: "wxv_1" } } as never), /without video: /],
    "a list of its own": [
      newspic(one, { article: { ...newspic(one).article, image_info: {} } as never }),
      /without article\.image_info: the job makes it/,
    ],
    "a function for a text": [
      newspic(one, { article: { ...newspic(one).article, content: () => "" } as never }),
      /article\.content of a picture message must be plain text, a string, not a function\./,
    ],
    "the publish library": [
      newspic(one, { target: "publish-library" } as never),
      /target must be "draft" for a picture message, not "publish-library"\./,
    ],
  };
  for (const [what, [job, message]] of Object.entries(wrong)) {
    it(`with ${what}`, async () => {
      const kit = jobInProcess();
      const error = await failure(publishArticle(kit.mp, job as PictureJob, kit.keep));
      expect(error).toMatchObject({
        name: "TypeError",
        message: expect.stringMatching(message),
      });
      expect([kit.calls(), kit.states]).toEqual([[], []]);
    });
  }

  it.each([
    ["an empty text", " "],
    ["HTML", "<p>天还没亮透。</p>"],
    ["one tag", "天还没<br>亮透。"],
    ["1,001 characters", "街".repeat(1001)],
  ])("with %s: an ArticleError", async (_, content) => {
    const kit = jobInProcess();
    const article = { ...newspic([]).article, content };
    const error = await failure(publishArticle(kit.mp, newspic(one, { article })));
    expect(error).toMatchObject({ code: "ERR_ARTICLE" });
    expect(kit.calls()).toEqual([]);
  });
});

describe("a picture that cannot be had", () => {
  /** A file whose reads fail so many times. */
  function failing(error: Error, times = 1): FileInput {
    const file = picture("2.jpg", 202);
    let left = times;
    return {
      name: file.name,
      size: file.size,
      async read(start, end) {
        if (left > 0) {
          left -= 1;
          throw error;
        }
        return new Uint8Array(await file.slice(start, end).arrayBuffer());
      },
    };
  }

  it.each([
    ["of a reader's own", new Error("404 Not Found")],
    [
      "of a URL that is gone",
      new MediaError("https://cdn.example/2.jpg changed.", { reason: "changed" }),
    ],
    ["that is no Error", "404" as never],
  ])("is named, and a later run sends the rest alone: an error %s", async (_, thrown) => {
    const kit = jobInProcess();
    const [a = picture("", 1), , c = picture("", 1)] = files(3);
    const job = newspic([a, failing(thrown), c]);
    const error = await failure(publishArticle(kit.mp, job, kit.keep));
    expect(error).toMatchObject({ code: "ERR_MEDIA", reason: "changed" });
    expect(error.message).toMatch(/^images\[1\]: .*(?:2\.jpg)/);
    expect(kit.last()).toEqual({ ...kit.last(), images: { "0": expect.any(String) } });
    expect([uploaded(kit), kit.last().pending]).toEqual([["1.jpg"], undefined]);
    await publishArticle(kit.another(), job, { state: kit.last() });
    const names = ["1.jpg", "2.jpg", "3.jpg"];
    expect([uploaded(kit), shown(kit)]).toEqual([names, names]);
  });

  it("is named by its place where WeChat refuses it, or it has no picture's name", async () => {
    const kit = jobInProcess({ retry: false });
    kit.control.faults.add({ kind: "mp-error", errcode: 40005, match: { filename: "2.jpg" } });
    const error = await failure(publishArticle(kit.mp, newspic(files(3))));
    expect(error).toMatchObject({ code: "ERR_MP_API", errcode: 40005 });
    expect(error.message).toMatch(/^images\[1\]: /);
    const text = newspic([picture("1.jpg", 201), new File(["x"], "a.txt")]);
    const refused = await failure(publishArticle(jobInProcess().mp, text));
    expect(refused.message).toMatch(/^images\[1\]: The file name "a\.txt"/);
  });

  it("stays the caller's own reason where the job is aborted", async () => {
    const abort = new AbortController();
    const reason = new MediaError("Mine.", { reason: "changed" });
    const image = {
      name: "1.jpg",
      size: 201,
      read() {
        abort.abort(reason);
        throw new Error("stopped");
      },
    };
    const kit = jobInProcess();
    const run = publishArticle(kit.mp, newspic([image]), { signal: abort.signal });
    expect(await failure(run)).toBe(reason);
    expect(reason.message).toBe("Mine.");
  });
});
