import { describe, expect, it } from "vitest";
import { failure } from "../../../../test/support/mp.ts";
import {
  type JobKit,
  jobInProcess,
  picture,
  plainJob,
} from "../../../../test/support/publish-job.ts";
import { miniProgramCard } from "../../src/article/embed.ts";
import { publishArticle } from "../../src/job/publish.ts";

const JPEG = [0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46];
const BMP = [0x42, 0x4d, 0x46, 0, 0, 0, 0, 0, 0, 0, 54, 0, 0, 0, 40, 0, 0, 0];

function fileOf(name: string, head: readonly number[], size: number): File {
  const bytes = new Uint8Array(size);
  bytes.set(head);
  return new File([bytes], name);
}

/** What uploadimg takes by no report, and the library takes. */
const notTaken: Readonly<Record<string, File>> = {
  "a BMP": fileOf("a.bmp", BMP, 300),
  "a JPEG of 9 MB": fileOf("a.jpg", JPEG, 9 * 1024 * 1024),
  "a PNG of 9 MB": fileOf("a.png", [0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10], 9 * 1024 * 1024),
};

const jobWith = (file: File) =>
  plainJob("draft", "uploaded", { content: `<p>街</p><img src="a">` }, { a: file });

/** How each picture came to WeChat, without the cover. */
const kinds = ({ control }: JobKit): string[] =>
  control.mpMedia.filter(({ filename }) => filename !== "cover.jpg").map(({ kind }) => kind);

const shownIn = ({ control }: JobKit): string =>
  control.drafts.list()[0]?.articles[0]?.content ?? "";

describe("imageFallback", () => {
  for (const [what, file] of Object.entries(notTaken)) {
    it(`${what} stops the job by default, and is named`, async () => {
      const kit = jobInProcess();
      const error = await failure(publishArticle(kit.mp, jobWith(file), kit.keep));
      expect(error).toMatchObject({ code: "ERR_MEDIA" });
      expect(error.message).toMatch(/^images\["a"\]: /);
      expect([kinds(kit), kit.last().pending]).toEqual([[], undefined]);
    });

    it(`${what} goes up as material, and its address into the content`, async () => {
      const kit = jobInProcess({}, { limits: { image: 10 * 1024 * 1024 } });
      const options = { ...kit.keep, imageFallback: "material" } as const;
      const { state } = await publishArticle(kit.mp, jobWith(file), options);
      expect(kinds(kit)).toEqual(["permanent"]);
      const { url = "" } = kit.control.mpMedia.at(-1) ?? {};
      expect(url).toContain("wx_fmt=");
      expect(state.images).toEqual({ a: url });
      expect(shownIn(kit)).toContain(url.replaceAll("&", "&amp;"));
    });
  }

  it.each([40005, 40009, 40113, 45001])("follows WeChat's own refusal %i", async (errcode) => {
    const kit = jobInProcess();
    const match = { path: "/cgi-bin/media/uploadimg" };
    kit.control.faults.add({ kind: "mp-error", errcode, match });
    const options = { imageFallback: "material" } as const;
    await publishArticle(kit.mp, jobWith(picture("a.jpg", 201)), options);
    expect(kinds(kit)).toEqual(["permanent"]);
    const strict = jobInProcess();
    strict.control.faults.add({ kind: "mp-error", errcode, match });
    const error = await failure(publishArticle(strict.mp, jobWith(picture("a.jpg", 201))));
    expect(error).toMatchObject({ code: "ERR_MP_API", errcode });
  });

  it.each([45009, 48001, 40013])("does not hide another refusal: %i", async (errcode) => {
    const kit = jobInProcess();
    const match = { path: "/cgi-bin/media/uploadimg" };
    kit.control.faults.add({ kind: "mp-error", errcode, match });
    const options = { imageFallback: "material" } as const;
    const run = publishArticle(kit.mp, jobWith(picture("a.jpg", 201)), options);
    expect(await failure(run)).toMatchObject({ code: "ERR_MP_API", errcode });
    expect(kinds(kit)).toEqual([]);
  });

  it("hides neither an empty file nor one that the library does not take", async () => {
    const svg = new File(['<svg xmlns="http://www.w3.org/2000/svg"/>'], "a.svg");
    const huge = fileOf("a.jpg", JPEG, 11 * 1024 * 1024);
    for (const file of [new File([], "a.jpg"), svg, huge]) {
      const kit = jobInProcess();
      const run = publishArticle(kit.mp, jobWith(file), { imageFallback: "material" });
      expect(await failure(run)).toMatchObject({ code: "ERR_MEDIA" });
      expect(kinds(kit)).toEqual([]);
    }
  });

  it("leaves what uploadimg takes to it", async () => {
    const kit = jobInProcess();
    const options = { imageFallback: "material" } as const;
    await publishArticle(kit.mp, jobWith(picture("a.png", 201)), options);
    expect(kinds(kit)).toEqual(["article-image"]);
  });
});

describe("cardImages", () => {
  const card = (name: string): string =>
    miniProgramCard({
      ...{ appid: "wx123123123", path: "pages/index", title: "茶" },
      imageurl: `https://example.com/${name}`,
    });
  const images = {
    "https://example.com/card.png": picture("card.png", 203),
    "b.png": picture("b.png", 204),
  };
  const jobOf = (content: unknown) => plainJob("draft", "uploaded", { content }, images);
  const both = `${card("card.png")}<img src="b.png">`;

  it("go up as material by default: the other pictures do not", async () => {
    const kit = jobInProcess();
    await publishArticle(kit.mp, jobOf(both));
    expect(kinds(kit)).toEqual(["permanent", "article-image"]);
    const { url = "" } = kit.control.mpMedia.find(({ filename }) => filename === "card.png") ?? {};
    expect(url).toContain("?wx_fmt=");
    expect(shownIn(kit)).toContain(`data-miniprogram-imageurl="${url}"`);
  });

  it.each([
    ["another element", both.replaceAll("mp-miniprogram", "mp-common-miniprogram")],
    ["WeChat's older quotes", both.replaceAll('"', "'")],
    ["a picture of both", `${both}<img src="https://example.com/card.png">`],
  ])("go up as material: %s", async (_, content) => {
    const kit = jobInProcess();
    await publishArticle(kit.mp, jobOf(content));
    expect(kinds(kit)).toEqual(["permanent", "article-image"]);
  });

  it("go up like the others where that is said", async () => {
    const kit = jobInProcess({}, { cardPictures: "any" });
    await publishArticle(kit.mp, jobOf(both), { cardImages: "article" });
    expect(kinds(kit)).toEqual(["article-image", "article-image"]);
  });

  it("are not known in a content that is a function", async () => {
    const kit = jobInProcess();
    const content = ({ images: urls }: { images: Record<string, string> }) =>
      `<img src="${urls["b.png"]}"><img src="${urls["https://example.com/card.png"]}">`;
    await publishArticle(kit.mp, jobOf(content));
    expect(kinds(kit)).toEqual(["article-image", "article-image"]);
  });
});

describe("names of pictures", () => {
  const file = picture("a.png", 205);
  it.each([
    ["./images/街 景.png", `<img src="./images/%E8%A1%97%20%E6%99%AF.png">`],
    ["images/街 景.png", `<img src="./images/街%20景.png">`],
    ["a&b.png", `<img src="a&amp;b.png">`],
    ["街.png", `<p style="background:url('%E8%A1%97.png')">街</p>`],
  ])("are found as Markdown tools write them: %s", async (name, content) => {
    const kit = jobInProcess();
    const job = plainJob("draft", "uploaded", { content }, { [name]: file });
    const { state } = await publishArticle(kit.mp, job);
    expect(shownIn(kit)).toContain(state.images[name]?.replaceAll("&", "&amp;"));
    expect(shownIn(kit)).not.toContain("a.png");
  });

  it.each(["data-original", "data-lazy-src", "data-actualsrc", "data-echo"])(
    "are found in %s, and stand in src then",
    async (attribute) => {
      const kit = jobInProcess();
      const content = `<p>街</p><img src="/img/blank.gif" ${attribute}="https://x.example/a.png">`;
      const images = { "https://x.example/a.png": file };
      const { state } = await publishArticle(
        kit.mp,
        plainJob("draft", "uploaded", { content }, images),
      );
      const url = state.images["https://x.example/a.png"] ?? "";
      expect(shownIn(kit)).toContain(`src="${url}"`);
      expect(shownIn(kit)).not.toContain("blank.gif");
    },
  );
});
