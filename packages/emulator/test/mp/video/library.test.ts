import { describe, expect, it } from "vitest";
import { type MpOutcome, OTHER } from "../mp-client.ts";
import { DETAILS, openVideo, videoBytes } from "./video-client.ts";

const parsed = ({ text }: MpOutcome): object => JSON.parse(text) as object;

async function saved() {
  const opened = openVideo({ accounts: [{ appid: OTHER }] });
  const { video } = opened;
  const vid = await video.upload(videoBytes(3000));
  const { media_id } = await video.save(vid);
  const call = async (name: string, json: object) =>
    parsed(await video.mp.api(`/cgi-bin/material/${name}`, { json }));
  return { ...opened, vid, media_id, call };
}

const PAGE = { type: "video", offset: 0, count: 20 };

describe("a video that was uploaded in blocks is in the material library", () => {
  it("get_material knows it", async () => {
    const { call, media_id, vid } = await saved();
    expect(await call("get_material", { media_id })).toEqual({
      title: DETAILS.title,
      description: DETAILS.video_desc,
      down_url: expect.stringContaining(`&vid=${vid}`),
      vid,
    });
  });

  it("batchget_material lists it by its title, the newest first", async () => {
    const { call, media_id, video, control, vid } = await saved();
    control.clock.advance(5000);
    const again = await video.save(vid, { title: "江" });
    const entry = { update_time: expect.any(Number) };
    expect(await call("batchget_material", PAGE)).toEqual({
      item: [
        { media_id: again.media_id, name: "江", ...entry },
        { media_id, name: DETAILS.title, ...entry },
      ],
      total_count: 2,
      item_count: 2,
    });
  });

  it("get_materialcount counts it", async () => {
    const { video } = await saved();
    const count = await video.mp.api("/cgi-bin/material/get_materialcount");
    expect(parsed(count)).toMatchObject({ video_count: 1, image_count: 0 });
  });

  it("del_material removes it", async () => {
    const { call, media_id, video } = await saved();
    expect(await call("del_material", { media_id })).toMatchObject({ errcode: 0 });
    expect(await call("get_material", { media_id })).toMatchObject({ errcode: 40007 });
    expect(await call("batchget_material", PAGE)).toMatchObject({ total_count: 0 });
    expect((await video.status(media_id)).errcode).not.toBe(0);
  });

  it("no other account sees it", async () => {
    const { other, media_id } = await saved();
    const got = await other.mp.api("/cgi-bin/material/get_material", { json: { media_id } });
    expect(got.errcode).toBe(40007);
    const count = await other.mp.api("/cgi-bin/material/get_materialcount");
    expect(parsed(count)).toMatchObject({ video_count: 0 });
  });
});
