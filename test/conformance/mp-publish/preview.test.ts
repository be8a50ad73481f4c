import { previewArticle, publishArticle } from "@wechat-edge/mp-publish";
import { expect, it } from "vitest";
import { failure } from "../../support/mp.ts";
import { jobInProcess, plainJob } from "../../support/publish-job.ts";

const wxname = "lantern_street";

it("previewArticle shows a draft on one phone, and nothing that is no draft", async () => {
  const { mp, control } = jobInProcess();
  const { media_id } = await publishArticle(mp, plainJob("draft", "uploaded"));
  const { msg_id } = await previewArticle(mp, { media_id, wxname });
  expect(msg_id).toMatch(/^\d+$/);
  expect(await failure(previewArticle(mp, { media_id: "m", wxname }))).toMatchObject({
    errcode: 40007,
  });
  expect(control.previews).toMatchObject([{ towxname: wxname, msgtype: "mpnews", media_id }]);
});
