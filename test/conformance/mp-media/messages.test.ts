import { createMpClient } from "@wechat-edge/core";
import { credentials } from "@wechat-edge/emulator";
import { mediaReplyXml, sendMedia } from "@wechat-edge/mp-media";
import { describe, expect, it } from "vitest";
import { messages, touser, uploaded } from "../../support/customer-messages.ts";
import { mpInProcess, mpOverHttp } from "../../support/mp.ts";

const SEND = "/cgi-bin/message/custom/send";
const match = { path: SEND };

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

  it("media of another kind is 40007", async () => {
    const { mp } = mpInProcess();
    const { image } = await uploaded(mp);
    const refused = sendMedia(mp, { touser, msgtype: "voice", voice: { media_id: image } });
    await expect(refused).rejects.toMatchObject({ errcode: 40007 });
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

  // What is not in the characters of XML is for the runtime to tell.
  const bad: Readonly<Record<string, [change: object, message: RegExp]>> = {
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
