// Messages and events of an Official Account: what is read, what is answered, and each way in which one is refused.

import { createMpClient, isWechatError, type MpClientOptions } from "@wechat-edge/core";
import {
  answerMessage,
  MessageError,
  messageAnswer,
  type RawMessageRequest,
  readMessage,
  readVerification,
  type WechatMessage,
} from "@wechat-edge/core/mp-messages";
import {
  type AccountMessage,
  type CallbackAddress,
  createEmulator,
  credentials,
} from "@wechat-edge/emulator";
import { downloadMedia, mediaReplyXml } from "@wechat-edge/mp-media";
import { addDraft, getPublication, submitPublication } from "@wechat-edge/mp-publish";
import { describe, expect, it } from "vitest";
import { expectWords } from "../../support/misuse.ts";
import { failure } from "../../support/mp.ts";
import { reviewedInProcess } from "../../support/review.ts";
import vectors from "../../vectors/message-envelopes.json" with { type: "json" };

const TOKEN = "aRandomToken1";
const KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";
const OTHER_KEY = "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C";
const START = Date.parse("2026-03-01T00:00:00Z");

type Address = Omit<CallbackAddress, "token">;

function setUp(address: Address, options: Partial<MpClientOptions> = {}) {
  const emulator = createEmulator({ now: () => START });
  const { appid } = credentials.mp;
  const messages = { url: "https://shop.example.com/wechat?shop=1", token: TOKEN, ...address };
  emulator.control.seed({ accounts: [{ appid, messages }] });
  const mp = createMpClient({
    ...credentials.mp,
    fetch: emulator.fetch,
    now: () => START,
    messageToken: TOKEN,
    ...(address.encodingAESKey !== undefined && { encodingAESKey: address.encodingAESKey }),
    ...options,
  });
  return { ...emulator, mp };
}

/** What a server gets from WeChat: the address with its query, and the raw body. */
async function received(
  { control }: Pick<ReturnType<typeof setUp>, "control">,
  message: AccountMessage = {},
): Promise<RawMessageRequest & { readonly body: string }> {
  let got: { url: string; body: string } | undefined;
  await control.sendMessage({
    ...message,
    async to(request) {
      got = { url: request.url, body: await request.text() };
      return new Response("success");
    },
  });
  if (got === undefined) throw new Error("Nothing was sent.");
  return got;
}

const modes: readonly [string, Address][] = [
  ["明文模式", {}],
  ["兼容模式", { encodingAESKey: KEY, mode: "compatible" }],
  ["安全模式", { encodingAESKey: KEY }],
];

describe.each(modes)("a message in %s", (_, address) => {
  it("is read, with the names of the wire", async () => {
    const { mp, control } = setUp(address);
    const message = { Content: "<b>你好</b> ]]> &amp;", MsgId: "6054768590064713728" };
    const request = await received({ control }, { message });
    expect(await readMessage(mp, request)).toEqual({
      ToUserName: "gh_26e3b4a1c0d9",
      FromUserName: "oIx26e3b4a1c0d9f857abcdefghi",
      CreateTime: START / 1000,
      MsgType: "text",
      ...message,
    });
  });

  it("is answered with success, or with a reply that WeChat can read", async () => {
    const { mp, control } = setUp(address);
    const xml = (from: string, to: string) =>
      mediaReplyXml({
        ToUserName: from,
        FromUserName: to,
        CreateTime: START / 1000,
        MsgType: "image",
        Image: { MediaId: "QQ9nj-7ctrqA8t3WKU3dQN24IuFV" },
      });
    const taken = await control.sendMessage({
      async to(request) {
        await readMessage(mp, request);
        return answerMessage(mp);
      },
    });
    expect(taken).toMatchObject({ state: "delivered", reply: undefined });
    const replied = await control.sendMessage({
      async to(request) {
        const { ToUserName, FromUserName } = await readMessage(mp, request);
        return answerMessage(mp, { reply: xml(FromUserName, ToUserName) });
      },
    });
    const reply = xml("oIx26e3b4a1c0d9f857abcdefghi", "gh_26e3b4a1c0d9");
    expect(replied).toMatchObject({ state: "delivered", reply });
    expect(replied.attempts[0]?.answer?.includes("QQ9nj")).toBe(
      address.encodingAESKey === undefined,
    );
  });

  it("is refused if it is old or its signature is wrong, and the sender is not told why", async () => {
    const { mp, control } = setUp(address);
    for (const [fault, reason] of [
      ["stale", "stale"],
      ["wrong-signature", "signature"],
    ] as const) {
      let refusal: unknown;
      const sent = await control.sendMessage({
        fault,
        async to(request) {
          refusal = await failure(readMessage(mp, request));
          return answerMessage(mp, { error: refusal });
        },
      });
      expect(refusal).toMatchObject({ code: "ERR_MESSAGE", reason });
      expect(isWechatError(refusal)).toBe(true);
      expect(sent.attempts[0]).toMatchObject({ status: 403, answer: "" });
    }
  });

  it("verifies its address", async () => {
    const { mp, control } = setUp({
      ...address,
      async to(request) {
        try {
          return await answerMessage(mp, { echostr: await readVerification(mp, request) });
        } catch (error) {
          return answerMessage(mp, { error });
        }
      },
    });
    expect(await control.verifyMessageUrl()).toBe(true);
  });
});

describe("an encrypted message", () => {
  it.each([
    ["tampered", "signature"],
    ["clear", "not-encrypted"],
    ["other-appid", "appid"],
    ["wrong-key", "decryption"],
  ] as const)("that is %s is refused as %s", async (fault, reason) => {
    for (const mode of ["encrypted", "compatible"] as const) {
      const emulator = setUp({ encodingAESKey: KEY, mode });
      const request = await received(emulator, { fault });
      const refusal = await failure(readMessage(emulator.mp, request));
      expect(refusal).toBeInstanceOf(MessageError);
      expect(refusal).toMatchObject({ reason });
      expect(refusal.message).not.toContain(TOKEN);
    }
  });

  it("is read with the previous key while the key is being changed", async () => {
    const encodingAESKey = [OTHER_KEY, KEY] as const;
    const emulator = setUp({ encodingAESKey: KEY }, { encodingAESKey });
    const request = await received(emulator, { message: { Content: "before" } });
    expect(await readMessage(emulator.mp, request)).toMatchObject({ Content: "before" });
  });

  const samples = vectors.received.filter(({ message }) => message.startsWith("<xml>"));
  // Not it.each with $name, which reads no field of JSON in the edge VM.
  for (const vector of samples) {
    it(`is read as WeChat's sample code does: ${vector.name}`, async () => {
      const { appid, encodingAESKey, encrypt, timestamp, nonce, msg_signature } = vector;
      const mp = createMpClient({
        appid,
        secret: "none",
        messageToken: vector.token,
        encodingAESKey,
        now: () => Number(timestamp) * 1000,
      });
      const query = `msg_signature=${msg_signature}&timestamp=${timestamp}&nonce=${nonce}&encrypt_type=aes`;
      const url = `/wechat?${query}`;
      const body = `<xml><ToUserName><![CDATA[gh]]></ToUserName><Encrypt><![CDATA[${encrypt}]]></Encrypt></xml>`;
      const read = await readMessage(mp, { url, body });
      const json = JSON.stringify({ ToUserName: "gh", Encrypt: encrypt });
      expect(await readMessage(mp, { url, body: json })).toEqual(read);
      expect(vector.message).toContain(`<FromUserName><![CDATA[${read.FromUserName}]]>`);
      expect(read.CreateTime).toBe(Number(vector.message.match(/<CreateTime>(\d+)/)?.[1]));
    });
  }
});

describe("the messages that a third-party platform receives", () => {
  it("are read where messageAppid is the platform's", async () => {
    const emulator = setUp({ encodingAESKey: KEY }, { appid: "wx00000000000000aa" });
    const request = await received(emulator, { message: { Content: "hello" } });
    const refusal = await failure(readMessage(emulator.mp, request));
    expect(refusal).toMatchObject({ reason: "appid" });
    expect(refusal.message).toContain("wx26e3b4a1c0d9f857, not for wx00000000000000aa");
    const mp = createMpClient({
      appid: "wx00000000000000aa",
      secret: "none",
      messageToken: TOKEN,
      encodingAESKey: KEY,
      messageAppid: credentials.mp.appid,
      now: () => START,
    });
    expect(await readMessage(mp, request)).toMatchObject({ Content: "hello" });
  });
});

describe("what a server passes", () => {
  it.each<[string, (request: RawMessageRequest & { readonly body: string }) => unknown]>([
    ["a Request", ({ url, body }) => new Request(url, { method: "POST", body })],
    ["bytes", ({ url, body }) => ({ url, body: new TextEncoder().encode(body) })],
    ["base64", ({ url, body }) => ({ url, body: btoa(body), isBase64Encoded: true })],
    [
      "a path with the query",
      ({ url, body }) => ({ url: new URL(url).pathname + new URL(url).search, body }),
    ],
  ])("may be %s", async (_, change) => {
    const emulator = setUp({ encodingAESKey: KEY });
    const request = await received(emulator, { message: { Content: "hello" } });
    const read = await readMessage(emulator.mp, change(request) as RawMessageRequest);
    expect(read).toMatchObject({ Content: "hello" });
  });

  it("is answered where there is no web Response", async () => {
    const { mp } = setUp({});
    expect(await messageAnswer(mp)).toMatchObject({ status: 200, body: "success" });
    expect(await messageAnswer(mp, { error: undefined })).toMatchObject({ status: 500, body: "" });
  });
});

describe("what is no request", () => {
  it("is a Request whose body was read", async () => {
    const emulator = setUp({ encodingAESKey: KEY });
    const { url, body } = await received(emulator);
    const request = new Request(url, { method: "POST", body });
    await request.text();
    const error = await failure(readMessage(emulator.mp, request));
    expectWords(error, "Call readMessage first, or pass { url, body }");
  });
});

describe("what WeChat sends", () => {
  it("is a file that downloadMedia takes", async () => {
    const emulator = setUp({ encodingAESKey: KEY });
    const request = await received(emulator, { media: { type: "voice" } });
    const message = await readMessage(emulator.mp, request);
    if (message.MsgType !== "voice") throw new Error("It is a voice.");
    const voice = await downloadMedia(emulator.mp, { media_id: message.MediaId });
    expect(voice).toMatchObject({ kind: "file", type: "audio/amr" });
  });

  it("is the end of a publication, once", async () => {
    const { mp, emulator, article } = await reviewedInProcess();
    const { control } = emulator;
    const reader = createMpClient({
      ...credentials.mp,
      messageToken: TOKEN,
      now: control.clock.now,
    });
    const messages: WechatMessage[] = [];
    const to = async (request: Request): Promise<Response> => {
      messages.push(await readMessage(reader, request));
      return answerMessage(reader);
    };
    control.seed({ accounts: [{ appid: mp.appid, messages: { token: TOKEN, to } }] });
    const [first, second] = [
      await addDraft(mp, { articles: [article] }),
      await addDraft(mp, { articles: [article, article, article] }),
    ];
    const good = await submitPublication(mp, first);
    const bad = await submitPublication(mp, second);
    control.publications.setStatus(bad.publish_id, 4, [1, 3]);
    control.publications.setStatus(good.publish_id, 0);
    await control.deliverNotifications();
    await control.deliverNotifications();
    const { article_id, article_detail } = await getPublication(mp, good);
    const ended = messages.map(
      (message) => "PublishEventInfo" in message && message.PublishEventInfo,
    );
    expect(ended).toHaveLength(2);
    expect(ended).toContainEqual({
      publish_id: good.publish_id,
      publish_status: 0,
      article_id,
      article_detail,
    });
    expect(ended).toContainEqual({
      publish_id: bad.publish_id,
      publish_status: 4,
      fail_idx: [1, 3],
    });
  });
});
