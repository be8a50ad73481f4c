// The draft box of today's accounts.

import { addDraft, countDrafts, getDraft, listDrafts, updateDraft } from "@wechat-edge/mp-publish";
import { describe, expect, it } from "vitest";
import { reviewedInProcess } from "../../../../test/support/review.ts";

describe("a draft", () => {
  for (const listTimes of ["both", "content", "entry"] as const) {
    it(`is listed with its time, wherever WeChat has it: ${listTimes}`, async () => {
      const { mp, emulator, article } = await reviewedInProcess({}, { listTimes });
      await addDraft(mp, { articles: [article] });
      const now = Math.floor(emulator.control.clock.now() / 1000);
      const { item } = await listDrafts(mp, { offset: 0, count: 1 });
      expect(item.map(({ update_time }) => update_time)).toEqual([now]);
    });
  }
});

describe("a reply that is lost after the work was done", () => {
  const lose = (path: string) =>
    ({ kind: "cut", at: "headers", match: { path: `/cgi-bin/draft/${path}` } }) as const;

  it("of everything else: it is done again", async () => {
    const { mp, emulator, article } = await reviewedInProcess();
    const { media_id } = await addDraft(mp, { articles: [article] });
    for (const path of ["update", "get", "count", "batchget"])
      emulator.control.faults.add(lose(path));
    await updateDraft(mp, { media_id, index: 0, articles: { ...article, title: "新标题" } });
    expect((await getDraft(mp, { media_id })).news_item[0]?.title).toBe("新标题");
    expect(await countDrafts(mp)).toEqual({ total_count: 1 });
    expect(await listDrafts(mp, { offset: 0, count: 1 })).toMatchObject({ item_count: 1 });
  });
});
