// The program of one process: lets a client publish an article and prints what came of each step as JSON.

import { clients } from "./clients.ts";
import {
  fieldOf,
  type PublishingReport,
  paths,
  pictureBytes,
  TITLE,
  textOf,
} from "./publishing-client.ts";

const [name = ""] = process.argv.slice(2);
const entry = clients.find((candidate) => candidate.name === name);
if (entry === undefined) throw new Error(`There is no client ${name}.`);
const client = await entry.load();
const report: PublishingReport = {};

async function step(column: string, run: () => Promise<string>): Promise<string> {
  try {
    const value = await run();
    report[column] = { value };
    return value;
  } catch (error) {
    report[column] = { error: error instanceof Error ? error.message : String(error) };
    return "";
  }
}

const url = await step("picture of the article", () => client.articleImage());
const cover = await step("cover", () => client.material());
const other = await step("another picture", () => client.material());
await step("count", async () => `${await client.count()}`);
await step("list", async () => (await client.list()).join());
await step("read", async () => {
  const bytes = await client.read(cover);
  return bytes.equals(pictureBytes) ? "the same bytes" : `other bytes, ${bytes.length}`;
});
const article = {
  title: TITLE,
  author: "阿灯",
  digest: "街",
  content: `<p>天还没亮透。</p><p><img src="${url}"></p>`,
  thumb_media_id: cover,
  need_open_comment: 0,
};
const draft = await step("draft", async () =>
  textOf(await client.post(paths.draft, { articles: [article] }), "media_id"),
);
await step("draft read", async () => {
  const reply = await client.post(paths.draftRead, { media_id: draft });
  const [first] = fieldOf(reply, "news_item") as readonly { content: string }[];
  return textOf(first, "content");
});
const publishId = await step("submitted", async () =>
  textOf(await client.post(paths.submit, { media_id: draft }), "publish_id"),
);
await step("published", async () => {
  for (let asked = 0; ; asked++) {
    const reply = await client.post(paths.publication, { publish_id: publishId });
    const status = textOf(reply, "publish_status");
    if (status !== "1" || asked === 100) return status === "0" ? textOf(reply, "article_id") : "";
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
});
await step("removed", async () => {
  await client.remove(other);
  return (await client.list()).join();
});
process.stdout.write(`\n${JSON.stringify(report)}\n`);
