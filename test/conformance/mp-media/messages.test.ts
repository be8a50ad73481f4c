import { createMpClient } from "@wechat-edge/core";
import { credentials } from "@wechat-edge/emulator";
import {
  addMaterial,
  type MediaMessage,
  type MediaReply,
  mediaReplyXml,
  sendMedia,
  uploadMedia,
} from "@wechat-edge/mp-media";
import { describe, expect, it } from "vitest";
import { media } from "../../support/media.ts";
import { mpInProcess, mpOverHttp } from "../../support/mp.ts";

const SEND = "/cgi-bin/message/custom/send";
const match = { path: SEND };
const touser = "oIx26e3b4a1c0d9f857abcdefghi";

async function uploaded(mp: ReturnType<typeof mpOverHttp>) {
  const id = async (type: "image" | "voice" | "video" | "thumb", name: string) =>
    (await uploadMedia(mp, { type }, await media(name))).media_id;
  return {
    image: await id("image", "cover.jpg"),
    voice: await id("voice", "voice.mp3"),
    video: await id("video", "clip.mp4"),
    thumb: await id("thumb", "thumb.jpg"),
  };
}

function messages(ids: Awaited<ReturnType<typeof uploaded>>): MediaMessage[] {
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

describe("sendMedia", () => {
  it("[2012.18] [2014.21] sends each kind as it is documented, and answers nothing", async () => {
    const { mp, emulator } = mpInProcess();
    const all = messages(await uploaded(mp));
    for (const message of all) expect(await sendMedia(mp, message)).toBeUndefined();
    expect(emulator.control.messages.map(({ body }) => body)).toEqual(all);
  });

  it("over HTTP", async () => {
    const mp = mpOverHttp();
    for (const message of messages(await uploaded(mp))) await sendMedia(mp, message);
  });

  it("sends permanent media as well", async () => {
    const { mp, emulator } = mpInProcess();
    const { media_id } = await addMaterial(mp, { type: "image" }, await media("cover.jpg"));
    await sendMedia(mp, { touser, msgtype: "image", image: { media_id } });
    expect(emulator.control.messages.length).toBe(1);
  });

  it("sends an article of the material library", async () => {
    const { mp, emulator } = mpInProcess();
    const message = { touser, msgtype: "mpnews", mpnews: { media_id: "m" } } as const;
    await sendMedia(mp, message);
    expect(emulator.control.messages[0]?.body).toEqual(message);
  });

  it("sends raw UTF-8, no escapes", async () => {
    let sent = "";
    const mp = createMpClient({
      appid: credentials.mp.appid,
      getAccessToken: () => "token-of-the-test",
      async fetch(_, init) {
        sent = await new Response(init?.body as Blob).text();
        return Response.json({ errcode: 0, errmsg: "ok" });
      },
    });
    const video = { media_id: "m", thumb_media_id: "t", title: "面包车 🚐" };
    await sendMedia(mp, { touser, msgtype: "video", video });
    expect(sent).toContain("面包车 🚐");
    const half = { ...video, title: "a\ud83c" };
    await expect(sendMedia(mp, { touser, msgtype: "video", video: half })).rejects.toThrow(
      /half of a surrogate pair/,
    );
  });

  const refusals: Readonly<Record<string, [change: object, errcode: number]>> = {
    "no follower": [{ touser: "" }, 40003],
    "an unknown msgtype": [{ msgtype: "film" }, 40008],
    "no content": [{ image: undefined }, 41011],
    "no media_id": [{ image: {} }, 41006],
    "an empty media_id": [{ msgtype: "voice", voice: { media_id: "" } }, 41006],
  };
  for (const [what, [change, errcode]] of Object.entries(refusals)) {
    it(`${what} is an MpApiError`, async () => {
      const { mp, emulator } = mpInProcess();
      const message = { touser, msgtype: "image", image: { media_id: "m" }, ...change };
      await expect(sendMedia(mp, message as never)).rejects.toMatchObject({ errcode });
      expect(emulator.control.messages).toEqual([]);
    });
  }

  it("media of another kind is 40007", async () => {
    const { mp } = mpInProcess();
    const { image } = await uploaded(mp);
    const refused = sendMedia(mp, { touser, msgtype: "voice", voice: { media_id: image } });
    await expect(refused).rejects.toMatchObject({ errcode: 40007 });
  });

  it("expired media is 40007, with advice", async () => {
    const { mp, emulator } = mpInProcess();
    const { image } = await uploaded(mp);
    emulator.control.clock.advance(3 * 86_400_000);
    const refused = sendMedia(mp, { touser, msgtype: "image", image: { media_id: image } });
    await expect(refused).rejects.toMatchObject({ errcode: 40007 });
    await expect(refused).rejects.toThrow(/expires after 3 days/);
    expect(emulator.control.messages).toEqual([]);
  });

  it("a lost reply is an OutcomeUnknownError: a second message would be sent", async () => {
    const { mp, emulator } = mpInProcess();
    const [message] = messages(await uploaded(mp));
    if (message === undefined) throw new Error("no message");
    for (const fault of [
      { kind: "cut", at: "before" },
      { kind: "cut", at: "request" },
      { kind: "mp-error", errcode: -1 },
    ] as const) {
      emulator.control.faults.add({ ...fault, match });
      await expect(sendMedia(mp, message)).rejects.toMatchObject({
        code: "ERR_OUTCOME_UNKNOWN",
        step: "sendMedia",
        lookAt: expect.stringContaining("conversation"),
      });
    }
    expect(emulator.control.messages.length).toBe(1);
    emulator.control.faults.add({ kind: "cut", at: "before", match });
    await sendMedia(mp, message, { retryUnknown: true });
    expect(emulator.control.messages.length).toBe(3);
  });

  it("a dead token is replaced, and one message sent", async () => {
    const { mp, emulator } = mpInProcess();
    const [message] = messages(await uploaded(mp));
    if (message === undefined) throw new Error("no message");
    emulator.control.tokens.kill(mp.appid, { replace: true });
    await sendMedia(mp, message);
    expect(emulator.control.messages.length).toBe(1);
  });

  it("what is no message is a TypeError, before anything is sent", async () => {
    const { mp, emulator } = mpInProcess();
    for (const message of [undefined, null, "image", 5, []]) {
      await expect(sendMedia(mp, message as never)).rejects.toThrow(TypeError);
    }
    expect(emulator.control.journal.entries()).toEqual([]);
  });

  it("an abort is the signal's own reason", async () => {
    const { mp, emulator } = mpInProcess();
    const reason = new Error("no longer wanted");
    const signal = AbortSignal.abort(reason);
    const message = { touser, msgtype: "image", image: { media_id: "m" } } as const;
    await expect(sendMedia(mp, message, { signal })).rejects.toBe(reason);
    expect(emulator.control.journal.entries()).toEqual([]);
  });
});

describe("mediaReplyXml", () => {
  const head = { ToUserName: touser, FromUserName: "gh_account", CreateTime: 1_389_793_969 };
  const frame = (type: string, body: string) =>
    `<xml><ToUserName><![CDATA[${touser}]]></ToUserName><FromUserName><![CDATA[gh_account]]></FromUserName><CreateTime>1389793969</CreateTime><MsgType><![CDATA[${type}]]></MsgType>${body}</xml>`;

  const documented: [reply: MediaReply, xml: string][] = [
    [
      { ...head, MsgType: "image", Image: { MediaId: "media_id" } },
      frame("image", "<Image><MediaId><![CDATA[media_id]]></MediaId></Image>"),
    ],
    [
      { ...head, MsgType: "voice", Voice: { MediaId: "media_id" } },
      frame("voice", "<Voice><MediaId><![CDATA[media_id]]></MediaId></Voice>"),
    ],
    [
      {
        ...head,
        MsgType: "video",
        Video: { MediaId: "media_id", Title: "面包车", Description: "🚐" },
      },
      frame(
        "video",
        "<Video><MediaId><![CDATA[media_id]]></MediaId><Title><![CDATA[面包车]]></Title><Description><![CDATA[🚐]]></Description></Video>",
      ),
    ],
    [
      {
        ...head,
        MsgType: "music",
        Music: {
          Title: "茶馆",
          Description: "",
          MusicUrl: "https://music.example/a?b&c",
          HQMusicUrl: "https://music.example/d",
          ThumbMediaId: "media_id",
        },
      },
      frame(
        "music",
        "<Music><Title><![CDATA[茶馆]]></Title><Description><![CDATA[]]></Description><MusicUrl><![CDATA[https://music.example/a?b&c]]></MusicUrl><HQMusicUrl><![CDATA[https://music.example/d]]></HQMusicUrl><ThumbMediaId><![CDATA[media_id]]></ThumbMediaId></Music>",
      ),
    ],
  ];
  const [first, second] = [
    {
      Title: "街",
      Description: "",
      PicUrl: "https://p.example/a.jpg",
      Url: "https://a.example/?a&b",
    },
    { Title: "]]>", Url: "https://b.example/" },
  ];
  documented.push(
    [
      { ...head, MsgType: "text", Content: '你好 <a href="https://a.example/">街</a>' },
      frame("text", '<Content><![CDATA[你好 <a href="https://a.example/">街</a>]]></Content>'),
    ],
    [
      { ...head, MsgType: "news", Articles: [first, second] },
      frame(
        "news",
        "<ArticleCount>2</ArticleCount><Articles><item><Title><![CDATA[街]]></Title><Description><![CDATA[]]></Description><PicUrl><![CDATA[https://p.example/a.jpg]]></PicUrl><Url><![CDATA[https://a.example/?a&b]]></Url></item><item><Title><![CDATA[]]]]><![CDATA[>]]></Title><Url><![CDATA[https://b.example/]]></Url></item></Articles>",
      ),
    ],
    [{ ...head, MsgType: "transfer_customer_service" }, frame("transfer_customer_service", "")],
    [
      {
        ...head,
        MsgType: "transfer_customer_service",
        TransInfo: { KfAccount: "test1@kftest" },
      },
      frame(
        "transfer_customer_service",
        "<TransInfo><KfAccount><![CDATA[test1@kftest]]></KfAccount></TransInfo>",
      ),
    ],
  );
  for (const [reply, xml] of documented) {
    const own = "TransInfo" in reply ? "to one 客服 " : "";
    it(`[2012.18] [2014.21] writes ${reply.MsgType} ${own}as it is documented`, () => {
      expect(mediaReplyXml(reply)).toBe(xml);
    });
  }

  it("leaves out what is undefined", () => {
    const Video = { MediaId: "m", Title: undefined } as never;
    expect(mediaReplyXml({ ...head, MsgType: "video", Video })).toBe(
      frame("video", "<Video><MediaId><![CDATA[m]]></MediaId></Video>"),
    );
  });

  it("lets no text end its CDATA", () => {
    const Video = { MediaId: "m", Title: "a]]></Title><b>]]]]>" };
    expect(mediaReplyXml({ ...head, MsgType: "video", Video })).toContain(
      "<Title><![CDATA[a]]]]><![CDATA[></Title><b>]]]]]]><![CDATA[>]]></Title>",
    );
  });

  const bad: Readonly<Record<string, [change: object, message: RegExp]>> = {
    "another MsgType": [
      { MsgType: "link" },
      /image, voice, video, music, text, news, transfer_customer_service, not "link"/,
    ],
    "text without Content": [{ MsgType: "text" }, /MsgType text needs the field Content/],
    "text that is no string": [{ MsgType: "text", Content: 5 }, /Content must be a string/],
    "news without Articles": [{ MsgType: "news" }, /MsgType news needs the field Articles/],
    "news of no article": [{ MsgType: "news", Articles: [] }, /1 to 8 articles, not of 0/],
    "news of nine": [
      { MsgType: "news", Articles: Array.from({ length: 9 }, () => ({})) },
      /1 to 8 articles, not of 9/,
    ],
    "news in an object": [{ MsgType: "news", Articles: { Title: "t" } }, /1 to 8 articles, not/],
    "news of a string": [{ MsgType: "news", Articles: ["t"] }, /each \{ Title, Url \}/],
    "a 客服 without a name": [
      { MsgType: "transfer_customer_service", TransInfo: { KfAccount: "" } },
      /TransInfo needs KfAccount/,
    ],
    "a MsgType of every object": [{ MsgType: "toString" }, /not "toString"/],
    "no MsgType": [{ MsgType: undefined }, /MsgType must be/],
    "no ToUserName": [{ ToUserName: undefined }, /ToUserName must be a string/],
    "a FromUserName that is no text": [{ FromUserName: 5 }, /FromUserName must be a string/],
    "no content": [{ Image: undefined }, /needs the field Image/],
    "content that is no object": [{ Image: "m" }, /needs the field Image/],
    "no MediaId": [{ Image: {} }, /Image needs MediaId/],
    "an empty MediaId": [{ Image: { MediaId: "" } }, /Image needs MediaId/],
    "a field that ends its element": [
      { Image: { MediaId: "m", "a><b": "c" } },
      /is not a valid field name/,
    ],
    "a CreateTime in a string": [{ CreateTime: "1389793969" }, /CreateTime must be Unix seconds/],
    "a CreateTime with fractions": [{ CreateTime: 1.5 }, /CreateTime must be Unix seconds/],
    "a CreateTime before 1970": [{ CreateTime: -1 }, /CreateTime must be Unix seconds/],
    "a CreateTime in milliseconds": [
      { CreateTime: 1_389_793_969_000 },
      /CreateTime must be Unix seconds/,
    ],
    "an empty name": [{ FromUserName: "" }, /FromUserName must be a string that is not empty/],
    "a control character": [
      { Image: { MediaId: "m", Title: "a\u0008" } },
      /Title must be .*XML does not allow/,
    ],
    "a code point that is not a character": [
      { Image: { MediaId: "m", Title: "a\ufffe" } },
      /Title must be .*XML does not allow/,
    ],
    "half of a surrogate pair": [
      { Image: { MediaId: "m", Title: "a\ud83c" } },
      /Title must be .*XML does not allow/,
    ],
  };
  for (const [what, [change, message]] of Object.entries(bad)) {
    it(`${what} is a TypeError`, () => {
      const reply = { ...head, MsgType: "image", Image: { MediaId: "m" }, ...change };
      expect(() => mediaReplyXml(reply as never)).toThrow(TypeError);
      expect(() => mediaReplyXml(reply as never)).toThrow(message);
    });
  }
});
