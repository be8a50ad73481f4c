// Other people's clients of an Official Account, unmodified, publish an article over TLS under WeChat's own host name.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { clients } from "./publishing/clients.ts";
import { openPublishingStage, type PublishingStage } from "./publishing/publish-all.ts";
import { TITLE } from "./publishing/publishing-client.ts";
import { headerOf } from "./sent-form.ts";

let stage: PublishingStage;
beforeAll(async () => {
  stage = await openPublishingStage();
});
afterAll(() => stage.close());

describe("under WeChat's host name", () => {
  it.each(clients)("$name publishes an article", async ({ name }) => {
    const { report, exchanges } = await stage.run(name);
    const values = Object.fromEntries(
      Object.entries(report).map(([step, result]) => [
        step,
        "value" in result ? result.value : result.error,
      ]),
    );
    const { mpMedia, publications } = stage.emulator.control;
    const [cover] = mpMedia.filter(({ kind }) => kind === "permanent");
    const [picture] = mpMedia.filter(({ kind }) => kind === "article-image");
    expect(values).toMatchObject({
      "picture of the article": picture?.url,
      cover: cover?.media_id,
      count: "2",
      read: "the same bytes",
      "draft read": expect.stringContaining("天还没亮透"),
      removed: cover?.media_id,
    });
    expect(values["list"]?.split(",").sort()).toEqual(
      [values["cover"], values["another picture"]].sort(),
    );
    expect(publications.list()).toMatchObject([
      { article_id: values["published"], articles: [{ title: TITLE }] },
    ]);
    expect(
      exchanges.filter((one) => !headerOf(one, "host")?.startsWith("api.weixin.qq.com")),
    ).toEqual([]);
  });
});
