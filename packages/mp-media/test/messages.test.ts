import { addMaterial, type MediaReply, mediaReplyXml, sendMedia } from "@wechat-edge/mp-media";
import { describe, expect, it } from "vitest";
import { messages, touser, uploaded } from "../../../test/support/customer-messages.ts";
import { media } from "../../../test/support/media.ts";
import { mpInProcess } from "../../../test/support/mp.ts";

describe("sendMedia", () => {
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

  it("expired media is 40007, with advice", async () => {
    const { mp, emulator } = mpInProcess();
    const { image } = await uploaded(mp);
    emulator.control.clock.advance(3 * 86_400_000);
    const refused = sendMedia(mp, { touser, msgtype: "image", image: { media_id: image } });
    await expect(refused).rejects.toMatchObject({ errcode: 40007 });
    await expect(refused).rejects.toThrow(/expires after 3 days/);
    expect(emulator.control.messages).toEqual([]);
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
  };
  for (const [what, [change, message]] of Object.entries(bad)) {
    it(`${what} is a TypeError`, () => {
      const reply = { ...head, MsgType: "image", Image: { MediaId: "m" }, ...change };
      expect(() => mediaReplyXml(reply as never)).toThrow(TypeError);
      expect(() => mediaReplyXml(reply as never)).toThrow(message);
    });
  }
});
