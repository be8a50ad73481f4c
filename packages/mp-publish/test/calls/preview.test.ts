import { describe, expect, it } from "vitest";
import { jobInProcess, plainJob } from "../../../../test/support/publish-job.ts";
import { deleteDraft } from "../../src/calls/drafts.ts";
import { type PreviewInput, previewArticle } from "../../src/calls/preview.ts";
import { publishArticle } from "../../src/job/publish.ts";
import { lost, recordedClient } from "./recorded.ts";

const openid = "oIx26e3b4a1c0d9f857abcdefghi";
const wxname = "lantern_street";

describe("previewArticle", () => {
  it.each([
    [{ openid }, { touser: openid }],
    [{ wxname }, { towxname: wxname }],
  ])("sends a draft to one phone: %j", async (to, sent) => {
    const answer = { errcode: 0, errmsg: "preview success", msg_id: 34182 };
    const { mp, calls } = recordedClient(answer);
    const input = { media_id: "draft", ...to } as PreviewInput;
    expect(await previewArticle(mp, input)).toEqual({ msg_id: "34182" });
    const path = "/cgi-bin/message/mass/preview";
    const body = { ...sent, msgtype: "mpnews", mpnews: { media_id: "draft" } };
    expect(calls).toEqual([{ method: "POST", path, body }]);
  });

  it("takes a reply without an id, and repeats one that was lost", async () => {
    const { mp, calls } = recordedClient(lost, { errcode: 0, errmsg: "ok" });
    expect(await previewArticle(mp, { media_id: "draft", openid })).toEqual({});
    expect(calls.length).toBe(2);
  });

  it.each([
    [{}, /openid must be a string/],
    [{ openid: "" }, /openid must be a string that is not empty/],
    [{ wxname: "" }, /wxname must be a string that is not empty/],
    [{ openid, wxname }, /openid or wxname, not both/],
    [{ openid, media_id: "" }, /media_id must be a string/],
    [{ openid: 1 }, /openid must be/],
  ])("refuses %j before anything is sent", async (wrong, message) => {
    const { mp, calls } = recordedClient({});
    const input = { media_id: "draft", ...wrong } as unknown as PreviewInput;
    await expect(previewArticle(mp, input)).rejects.toThrow(message);
    expect(calls).toEqual([]);
  });

  it.each([
    [40003, /openids differ from account to account/],
    [40007, /not in 草稿箱/],
    [40132, /not the nickname/],
    [43004, /must follow the account/],
    [45009, /100 previews a day/],
    [48021, /save it by hand/],
  ])("tells what to do about %i", async (errcode, words) => {
    const { mp } = recordedClient({ errcode, errmsg: "…" });
    const run = previewArticle(mp, { media_id: "draft", openid });
    await expect(run).rejects.toMatchObject({ errcode, message: expect.stringMatching(words) });
  });
});

describe("a preview on the emulator", () => {
  async function drafted() {
    const kit = jobInProcess();
    const { media_id } = await publishArticle(kit.mp, plainJob("draft", "uploaded"));
    return { ...kit, media_id };
  }

  it("is told of, and publishes nothing", async () => {
    const { mp, control, media_id } = await drafted();
    const { msg_id } = await previewArticle(mp, { media_id, openid });
    expect(msg_id).toMatch(/^\d+$/);
    await previewArticle(mp, { media_id, wxname });
    expect(control.previews).toMatchObject([
      { touser: openid, msgtype: "mpnews", media_id },
      { towxname: wxname, msgtype: "mpnews", media_id },
    ]);
    expect(control.publications.list()).toEqual([]);
    expect(control.drafts.list().length).toBe(1);
  });

  it("is refused for what is no draft, no openid, no 微信号", async () => {
    const { mp, control, media_id } = await drafted();
    const cover = control.mpMedia[0]?.media_id ?? "";
    for (const [input, errcode] of [
      [{ media_id: "m", openid }, 40007],
      [{ media_id: cover, openid }, 40007],
      [{ media_id, openid: "a b" }, 40003],
      [{ media_id, wxname: "灯笼" }, 40132],
    ] as const) {
      await expect(previewArticle(mp, input)).rejects.toMatchObject({ errcode });
    }
    await deleteDraft(mp, { media_id });
    await expect(previewArticle(mp, { media_id, openid })).rejects.toMatchObject({
      errcode: 40007,
    });
    expect(control.previews).toEqual([]);
  });

  it("goes to a 微信号 100 times a day, to an openid more often", async () => {
    const { mp, control, media_id } = await drafted();
    for (let sent = 0; sent < 100; sent += 1) await previewArticle(mp, { media_id, wxname });
    const more = previewArticle(mp, { media_id, wxname });
    await expect(more).rejects.toMatchObject({ errcode: 45009 });
    await previewArticle(mp, { media_id, openid });
    control.clock.advance(86_400_000);
    await previewArticle(mp, { media_id, wxname });
    expect(control.previews.length).toBe(102);
  });

  it("needs a certified account", async () => {
    const { mp, control, media_id } = await drafted();
    control.seed({ accounts: [{ appid: mp.appid, verified: false }] });
    const run = previewArticle(mp, { media_id, openid });
    await expect(run).rejects.toMatchObject({ errcode: 48001 });
  });
});
