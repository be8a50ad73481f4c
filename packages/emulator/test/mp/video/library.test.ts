import { describe, expect, it } from "vitest";
import { file, type MpOutcome, material, OTHER } from "../mp-client.ts";
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
      down_url: `http://mp.weixin.qq.com/mp/readtemplate?t=pages/video_player_tmpl&action=mpvideo&auto=0&vid=${vid}`,
      vid,
    });
  });

  it("batchget_material lists it by its title, the newest first", async () => {
    const { call, media_id, video, control, vid } = await saved();
    control.clock.advance(5000);
    const update_time = Math.floor(control.clock.now() / 1000);
    const again = await video.save(vid, { title: "江" });
    // At the same moment.
    const last = await video.save(vid, { title: "湖" });
    expect(await call("batchget_material", PAGE)).toEqual({
      item: [
        { media_id: last.media_id, name: "湖", update_time },
        { media_id: again.media_id, name: "江", update_time },
        { media_id, name: DETAILS.title, update_time: update_time - 5 },
      ],
      total_count: 3,
      item_count: 3,
    });
  });

  it("batchget_material lists it by the time of save_video, not of the upload", async () => {
    const { call, media_id, video, control, vid } = await saved();
    const later = await video.upload(videoBytes(3001));
    const first = await video.save(later);
    control.clock.advance(10);
    const last = await video.save(vid);
    const ids = [last.media_id, first.media_id, media_id];
    expect(await call("batchget_material", PAGE)).toMatchObject({
      item: ids.map((id) => ({ media_id: id })),
    });
  });

  it("batchget_material lists it among the other videos by its time", async () => {
    const { call, media_id, video, control, vid } = await saved();
    const ids = [media_id];
    for (let turn = 0; turn < 2; turn++) {
      control.clock.advance(1000);
      const added = await material(video.mp, "video", {
        filename: "a.mp4",
        bytes: file("mp4.mp4"),
        fields: { description: JSON.stringify({ title: "河", introduction: "水" }) },
      });
      ids.unshift(added.json.media_id);
      control.clock.advance(1000);
      ids.unshift((await video.save(vid)).media_id);
    }
    expect(await call("batchget_material", PAGE)).toMatchObject({
      item: ids.map((id) => ({ media_id: id })),
      total_count: 5,
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

  it("del_material removes it alone, and of its own account alone", async () => {
    const { call, media_id, video, vid, other } = await saved();
    const kept = await video.save(vid);
    const del = await other.mp.api("/cgi-bin/material/del_material", { json: { media_id } });
    expect(del.errcode).toBe(40007);
    expect(await call("batchget_material", PAGE)).toMatchObject({ total_count: 2 });
    await call("del_material", { media_id });
    expect(await call("batchget_material", PAGE)).toMatchObject({
      item: [{ media_id: kept.media_id }],
      total_count: 1,
    });
  });

  it("no other account sees it", async () => {
    const { other, media_id } = await saved();
    const got = await other.mp.api("/cgi-bin/material/get_material", { json: { media_id } });
    expect(got.errcode).toBe(40007);
    const count = await other.mp.api("/cgi-bin/material/get_materialcount");
    expect(parsed(count)).toMatchObject({ video_count: 0 });
  });
});
