import { expect } from "vitest";
import type { PublishingRun, PublishingStage } from "./publishing/publish-all.ts";
import { TITLE } from "./publishing/publishing-client.ts";
import { headerOf } from "./sent-form.ts";

/** Every step went through, and the emulator has what the client says. */
export function expectPublished(
  { emulator }: Pick<PublishingStage, "emulator">,
  { name, report, exchanges }: PublishingRun,
): void {
  const values = Object.fromEntries(
    Object.entries(report).map(([step, result]) => [
      step,
      "value" in result ? result.value : result.error,
    ]),
  );
  const { mpMedia, publications } = emulator.control;
  const [cover] = mpMedia.filter(({ kind }) => kind === "permanent");
  const [picture] = mpMedia.filter(({ kind }) => kind === "article-image");
  expect(values, name).toMatchObject({
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
  expect(publications.list(), name).toMatchObject([
    { article_id: values["published"], articles: [{ title: TITLE }] },
  ]);
  const elsewhere = exchanges.filter(
    (one) => !headerOf(one, "host")?.startsWith("api.weixin.qq.com"),
  );
  expect(elsewhere, name).toEqual([]);
}
