import { describe, expect, it } from "vitest";
import { type Opened, openArticles } from "./article-client.ts";

// `\uXXXX` in the JSON of an article, as Python's requests, PHP's json_encode, Java's Gson and Go write them.

const PATHS = ["publish/uploadnews", "draft/add"] as const;

/** Sends an article whose JSON has these texts as they stand. */
async function send({ mine }: Opened, path: string, title: string, content = "正文") {
  const article = await mine.article({ title: "TITLE", content: "CONTENT" });
  const json = JSON.stringify({ articles: [article] });
  return mine.raw(path, json.replace("TITLE", title).replace("CONTENT", content));
}

const kept = ({ control }: Opened) =>
  control.drafts.list()[0]?.articles[0] ?? control.news.list()[0]?.article;
const notes = ({ control }: Opened) => control.journal.entries().at(-1)?.notes ?? [];

describe.each(PATHS)("%s", (path) => {
  it.each([
    [String.raw`\u6cb3\u6d41`, String.raw`\u6cb3\u6d41`],
    [String.raw`a\u003cb\u003e`, String.raw`a\u003cb\u003e`],
    [String.raw`\ud83c\udf89`, String.raw`\ud83c\udf89`],
    [String.raw`\"\u0026\"\/`, String.raw`"\u0026"/`],
  ])("keeps %s as it stands", async (title, expected) => {
    const opened = openArticles();
    expect((await send(opened, path, title)).errcode).toBeUndefined();
    expect(kept(opened)?.title).toBe(expected);
    expect(notes(opened)).toEqual([
      expect.stringMatching(/^kept \d escapes such as \\u[\da-f]{4}/),
    ]);
  });

  it("takes the characters themselves, which are no escape", async () => {
    const opened = openArticles();
    await send(opened, path, String.raw`\\u6cb3`, String.raw`<code>\\\\u</code>\n`);
    expect(kept(opened)).toMatchObject({
      title: String.raw`\u6cb3`,
      content: "<code>\\\\u</code>\n",
    });
    expect(notes(opened)).toEqual([]);
  });

  it("counts an escape as its six characters", async () => {
    const opened = openArticles();
    expect((await send(opened, path, String.raw`\u6cb3`.repeat(10))).errcode).toBeUndefined();
    expect((await send(opened, path, String.raw`\u6cb3`.repeat(11))).errcode).toBe(45003);
  });

  it("refuses or decodes them where unicodeEscapes says so", async () => {
    const strict = openArticles({ unicodeEscapes: "refuse" });
    for (const title of [String.raw`\u6cb3`, String.raw`\\u6cb3`]) {
      expect((await send(strict, path, title)).errcode).toBe(40033);
    }
    expect((await send(strict, path, "河")).errcode).toBeUndefined();
    const lenient = openArticles({ unicodeEscapes: "decode" });
    expect((await send(lenient, path, String.raw`\u6cb3`)).errcode).toBeUndefined();
    expect(kept(lenient)?.title).toBe("河");
  });

  it("is malformed before it has escapes", async () => {
    const { errcode } = await openArticles().mine.raw(path, String.raw`{"articles":"\u6cb3`);
    expect(errcode).toBe(path === "draft/add" ? 47001 : 44001);
  });
});
