import { describe, expect, it } from "vitest";
import { failure } from "../../../../test/support/mp.ts";
import {
  type JobKit,
  jobInProcess,
  picture,
  plainJob,
} from "../../../../test/support/publish-job.ts";
import type { ArticleDraft, Draft } from "../../src/article/article.ts";
import { deleteDraft, getDraft, updateDraft } from "../../src/calls/drafts.ts";
import { submitPublication } from "../../src/calls/publications.ts";
import type { PictureJob, PublishJob } from "../../src/job/job.ts";
import { publishArticle } from "../../src/job/publish.ts";

const images = { "a.png": picture("a.png", 201), "b.png": picture("b.png", 202) };
const content = `<h1>街</h1><p style="color: red">天还 &amp; 没亮透。</p><img src="a.png"><p><img data-src='b.png'>`;
const job = plainJob("draft", "published", { content, author: "我" }, images);

const message: PictureJob = {
  target: "draft",
  until: "published",
  article: { article_type: "newspic", title: "灯笼街", content: "天还没亮透。" },
  images: [picture("1.jpg", 201), picture("2.jpg", 202)],
};

/** A job that stands still when its draft is there. */
async function drafted(of: PublishJob = job) {
  const kit = jobInProcess();
  const { state, media_id } = await publishArticle(kit.mp, { ...of, until: "uploaded" }, kit.keep);
  kit.control.journal.clear();
  return { kit, state, media_id };
}

/** What somebody does on mp.weixin.qq.com. */
async function edit(
  { mp }: JobKit,
  media_id: string,
  change: Partial<Draft> | ((html: string) => string),
) {
  const [stored] = (await getDraft(mp, { media_id })).news_item;
  const { url: _, ...article } = stored as ArticleDraft & { url?: string };
  const changed = typeof change === "function" ? { content: change(article.content) } : change;
  await updateDraft(mp, { media_id, index: 0, articles: { ...article, ...changed } as Draft });
}

it.each([
  ["a video with a text for old browsers", "<video src='a.mp4'>您的浏览器不支持</video>"],
  ["a form", "<form>街<select><option>灯</option></select><textarea>街</textarea></form>"],
  ["a frame and its twin", "<iframe src='https://example.com'></iframe><noscript>街</noscript>"],
  ["layers", "<p style='position:absolute;top:0'>街</p><h2 id=a>灯</h2>"],
])("a draft that WeChat alone has changed is submitted: %s", async (_, more) => {
  const of = plainJob("draft", "published", { content: `${content}${more}` }, images);
  const { kit, state } = await drafted(of);
  const end = await publishArticle(kit.another(), of, { ...kit.keep, state, checkDraft: true });
  expect(end.article_id).toEqual(expect.any(String));
});

const edits: Readonly<Record<string, [change: Parameters<typeof edit>[2], named: RegExp]>> = {
  title: [{ title: "别的街" }, /its title\./],
  author: [{ author: "他" }, /its author\./],
  digest: [{ digest: "别的" }, /its digest\./],
  text: [(html) => html.replace("没亮", "亮"), /its text\./],
  "one picture less": [(html) => html.replace(/<img[^>]*>/, ""), /its pictures\./],
  "pictures that changed places": [
    (html) => {
      const [a = "", b = ""] = html.match(/<img[^>]*>/g) ?? [];
      return html.replace(a, "#").replace(b, a).replace("#", b);
    },
    /its pictures\./,
  ],
  "title and text": [{ title: "别的街", content: "<p>别的</p>" }, /its title, text, pictures\./],
};

describe("a draft that was edited by hand before it is submitted", () => {
  for (const [what, [change, named]] of Object.entries(edits)) {
    it(`stops a job with checkDraft: ${what}`, async () => {
      const { kit, state, media_id } = await drafted();
      await edit(kit, media_id, change);
      const options = { ...kit.keep, state, checkDraft: true };
      const error = await failure(publishArticle(kit.another(), job, options));
      expect(error).toMatchObject({ code: "ERR_CHECKPOINT", reason: "draft" });
      expect(error.message).toMatch(named);
      expect(error.message).toMatch(/run the job again without checkDraft/);
      expect(kit.control.publications.list()).toEqual([]);
      expect(kit.last()).toEqual(state);
      // And without it, what is in the box is published.
      await publishArticle(kit.another(), job, { state });
      const [published] = kit.control.publications.list();
      const [sent] = published?.articles ?? [];
      expect(sent?.title).toBe((change as { title?: string }).title ?? job.article.title);
    });
  }

  it("is published with checkDraft where nobody touched it, or only its styles", async () => {
    for (const change of [undefined, (html: string) => html.replace("color: red", "color:blue")]) {
      const { kit, state, media_id } = await drafted();
      if (change) await edit(kit, media_id, change);
      kit.control.journal.clear();
      const options = { state, checkDraft: true };
      await publishArticle(kit.another(), job, options);
      expect(kit.calls()).toEqual(["token", "/cgi-bin/draft/get", "submit", "article?"]);
    }
  });

  it("is published where WeChat writes the same in its own way", async () => {
    const { kit, state, media_id } = await drafted();
    const { news_item } = await getDraft(kit.mp, { media_id });
    const [stored] = news_item as [ArticleDraft];
    const own = stored.content
      .replaceAll("&amp;", "&#38;")
      .replace(
        / src="http:\/\/([^"]*)"/,
        ' data-type="png" data-src="https://$1?wx_fmt=png" src="https://$1"',
      )
      .replace("<h1>街</h1>", "<section>\n <h1><span>街</span></h1>\u00a0</section>");
    const body = { news_item: [{ ...stored, content: own }] };
    const match = { path: "/cgi-bin/draft/get" };
    kit.control.faults.add({ kind: "reply-json", body, match });
    await publishArticle(kit.another(), job, { state, checkDraft: true });
    expect(kit.control.publications.list().length).toBe(1);
  });

  it("is published where very many elements that WeChat removes have no end", async () => {
    const { kit, state, media_id } = await drafted();
    const [stored] = (await getDraft(kit.mp, { media_id })).news_item as [ArticleDraft];
    // So many that a step of quadratic time takes longer than a test may.
    const many = `${stored.content}${"<video>".repeat(100_000)}${"<video ".repeat(100_000)}`;
    const body = { news_item: [{ ...stored, content: many }] };
    kit.control.faults.add({ kind: "reply-json", body, match: { path: "/cgi-bin/draft/get" } });
    await publishArticle(kit.another(), job, { state, checkDraft: true });
    expect(kit.control.publications.list().length).toBe(1);
  });

  it("stops a job for a picture message: its text, or a picture", async () => {
    for (const [change, named] of [
      [{ content: "别的" }, /its text\./],
      [{ image: true }, /its pictures\./],
    ] as const) {
      const { kit, state, media_id } = await drafted(message);
      const image_list = [{ image_media_id: state.images["1"] ?? "" }];
      const changed = "image" in change ? { image_info: { image_list } } : change;
      await edit(kit, media_id, changed);
      const run = publishArticle(kit.another(), message, { state, checkDraft: true });
      const error = await failure(run);
      expect(error).toMatchObject({ code: "ERR_CHECKPOINT", reason: "draft" });
      expect(error.message).toMatch(named);
    }
    const { kit, state } = await drafted(message);
    await publishArticle(kit.another(), message, { state, checkDraft: true });
    expect(kit.control.publications.list().length).toBe(1);
  });

  /** Goes on with a draft that draft/get shows as `change` makes it. */
  async function shown(of: PublishJob, change: (stored: ArticleDraft) => readonly object[]) {
    const { kit, state, media_id } = await drafted(of);
    const [stored] = (await getDraft(kit.mp, { media_id })).news_item as [ArticleDraft];
    const body = { news_item: change(stored) };
    kit.control.faults.add({ kind: "reply-json", body, match: { path: "/cgi-bin/draft/get" } });
    const run = publishArticle(kit.another(), of, { state, checkDraft: true });
    return run.then(
      () => "published",
      (error: Error) => /its .*?\./.exec(error.message)?.[0] ?? error,
    );
  }

  it("stops a job whose draft has no article any more, or another beside it", async () => {
    expect(await shown(job, () => [])).toBe("its number of articles (0).");
    expect(await shown(job, (stored) => [stored, stored])).toBe("its number of articles (2).");
  });

  it("compares the paths of pictures: not their host, scheme, query or mark", async () => {
    const first = /(src=")http:\/\/[^/"]+([^"]*)/;
    const moved = (to: string) => (stored: ArticleDraft) => [
      { ...stored, content: stored.content.replace(first, to) },
    ];
    expect(await shown(job, moved("$1https://mmbiz.qlogo.cn$2"))).toBe("published");
    expect(await shown(job, moved("$1HTTPS://m.cn$2?wx_fmt=png#imgIndex=0"))).toBe("published");
    expect(await shown(job, moved("$1//mmbiz.qpic.cn$2"))).toBe("published");
    expect(await shown(job, moved("$1http://mmbiz.qpic.cn/2$2"))).toBe("its pictures.");
    expect(await shown(job, moved("$1http://mmbiz.qpic.cn"))).toBe("its pictures.");
    expect(await shown(job, moved("$1http://a//b.cn$2"))).toBe("its pictures.");
    expect(await shown(job, moved("$1a.png"))).toBe("its pictures.");
  });

  it("takes what is between the tags that WeChat removes for unchanged, however they are written", async () => {
    const of = plainJob("draft", "published", { content: `${content}<TextArea>街</tEXTAREA>` });
    const rewritten = await shown({ ...of, images }, (stored) => [
      { ...stored, content: stored.content.replace(/<textarea>.*/i, "") },
    ]);
    expect(rewritten).toBe("published");
  });

  it("stops a job for a picture message that shows no pictures, or two that changed places", async () => {
    const spaced = { ...message, article: { ...message.article, content: "天 还\n 没亮透。" } };
    const inOrder = (stored: ArticleDraft) =>
      (stored as unknown as { image_info: { image_list: { image_media_id: string }[] } }).image_info
        .image_list;
    expect(await shown(spaced, (stored) => [{ ...stored, image_info: undefined }])).toBe(
      "its pictures.",
    );
    expect(await shown(spaced, (stored) => [{ ...stored, image_info: {} }])).toBe("its pictures.");
    expect(
      await shown(spaced, (stored) => [
        { ...stored, image_info: { image_list: inOrder(stored).toReversed() } },
      ]),
    ).toBe("its pictures.");
    expect(
      await shown(spaced, (stored) => {
        const [first, second] = inOrder(stored).map(({ image_media_id }) => image_media_id);
        const joined = [{ image_media_id: `${first}${second}` }];
        return [{ ...stored, image_info: { image_list: joined } }];
      }),
    ).toBe("its pictures.");
    expect(await shown(spaced, (stored) => [{ ...stored, content: "天还没亮透。" }])).toBe(
      "published",
    );
  });

  it("asks for no draft where the job goes to the publish library", async () => {
    const kit = jobInProcess();
    await publishArticle(kit.mp, plainJob("publish-library"), { checkDraft: true });
    expect(kit.calls()).toEqual(["token", "cover", "article", "submit", "article?"]);
  });
});

describe("a draft that is gone before it is submitted", () => {
  for (const checkDraft of [undefined, true]) {
    it(`was deleted: the error says what to do, checkDraft ${checkDraft}`, async () => {
      const { kit, state, media_id } = await drafted();
      await deleteDraft(kit.mp, { media_id });
      const options = { ...kit.keep, state, checkDraft };
      const error = await failure(publishArticle(kit.another(), job, options));
      expect(error).toMatchObject({ code: "ERR_MP_API", errcode: 40007 });
      expect(error.message).toContain(media_id);
      expect(error.message).toMatch(/If it was deleted, begin a new job without the state\./);
      // Nothing is in doubt, and the job can be told of it.
      expect(kit.last().pending).toBe(undefined);
    });

    it(`was published by hand: the resolution that it names ends the job, checkDraft ${checkDraft}`, async () => {
      const { kit, state, media_id } = await drafted();
      await submitPublication(kit.mp, { media_id });
      const options = { ...kit.keep, state, checkDraft };
      const error = await failure(publishArticle(kit.another(), job, options));
      expect(error).toMatchObject({ code: "ERR_MP_API", errcode: 40007 });
      expect(error.message).toMatch(/with resolution: \{ article_id \} or \{ url \}\./);
      const article_id = kit.control.publications.list()[0]?.article_id ?? "";
      const told = { state: kit.last(), resolution: { article_id } };
      const end = await publishArticle(kit.another(), job, told);
      expect(end).toMatchObject({ media_id, article_id });
      expect(kit.control.publications.list().length).toBe(1);
    });
  }
});
