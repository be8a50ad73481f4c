import type { MpClient } from "@wechat-edge/core";
import { type MediaMessage, uploadMedia } from "@wechat-edge/mp-media";
import { media } from "./media.ts";

export const touser: string = "oIx26e3b4a1c0d9f857abcdefghi";

/** One temporary medium of each type. */
export async function uploaded(mp: MpClient) {
  const id = async (type: "image" | "voice" | "video" | "thumb", name: string) =>
    (await uploadMedia(mp, { type }, await media(name))).media_id;
  return {
    image: await id("image", "cover.jpg"),
    voice: await id("voice", "voice.mp3"),
    video: await id("video", "clip.mp4"),
    thumb: await id("thumb", "thumb.jpg"),
  };
}

/** One message of each kind. */
export function messages(ids: Awaited<ReturnType<typeof uploaded>>): MediaMessage[] {
  return [
    { touser, msgtype: "image", image: { media_id: ids.image } },
    { touser, msgtype: "voice", voice: { media_id: ids.voice } },
    {
      touser,
      msgtype: "video",
      video: {
        media_id: ids.video,
        thumb_media_id: ids.thumb,
        title: "面包车",
        description: '"A van" 🚐 & <b>',
      },
    },
    {
      touser,
      msgtype: "music",
      music: {
        title: "茶馆",
        description: "",
        musicurl: "https://music.example/a.mp3",
        hqmusicurl: "https://music.example/b.mp3",
        thumb_media_id: ids.thumb,
      },
    },
    { touser, msgtype: "video", video: { media_id: ids.video } },
    { touser, msgtype: "text", text: { content: "你好 🚐" }, aimsgcontext: { msgid: "23" } },
    {
      touser,
      msgtype: "news",
      news: { articles: [{ title: "街", description: "", url: "https://a.example/", picurl: "" }] },
    },
    { touser, msgtype: "mpnewsarticle", mpnewsarticle: { article_id: "qTGX-2l64YYDNi03o" } },
    {
      touser,
      msgtype: "msgmenu",
      msgmenu: { head_content: "满意吗?", list: [{ id: "101", content: "满意" }] },
    },
    { touser, msgtype: "wxcard", wxcard: { card_id: "123dsdajkasd231jhksad" } },
    {
      touser,
      msgtype: "link",
      link: {
        title: "街",
        description: "灯",
        url: "https://example.com",
        thumb_url: "https://example.com/a.png",
      },
    },
    {
      touser,
      msgtype: "miniprogrampage",
      miniprogrampage: {
        title: "街",
        appid: "wx0123456789abcdef",
        pagepath: "pages/index/index",
        thumb_media_id: ids.thumb,
      },
    },
    {
      touser,
      msgtype: "image",
      image: { media_id: ids.image },
      customservice: { kf_account: "test1@kftest" },
    },
  ];
}
