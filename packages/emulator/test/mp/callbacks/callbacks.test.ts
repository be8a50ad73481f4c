import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { describe, expect, it } from "vitest";
import { type CallbackAddress, createEmulator, credentials } from "../../../src/index.ts";
import { callbackSignature, encryptMessage } from "../../../src/mp/callbacks/envelope.ts";
import { startEmulator } from "../../../src/node.ts";

const TOKEN = "aRandomToken1";
const KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";
const START = Date.parse("2026-03-01T00:00:00Z");
const { appid } = credentials.mp;

type Answer = (request: Request) => Response | Promise<Response>;

function emulatorWith(to: Answer, address: Partial<CallbackAddress> = {}) {
  const { control, fetch } = createEmulator({ now: () => START });
  control.seed({ accounts: [{ appid, messages: { to, token: TOKEN, ...address } }] });
  return { control, fetch };
}

describe("control.sendMessage", () => {
  it("sends a text of a follower as WeChat does", async () => {
    const requests: Request[] = [];
    const { control } = emulatorWith((request) => {
      requests.push(request);
      return new Response("success");
    });
    const sent = await control.sendMessage({
      message: { Content: "]]>", MsgId: "1234567890123456" },
    });
    const [request] = requests;
    const url = new URL(request?.url ?? "");
    expect(request?.method).toBe("POST");
    expect([...url.searchParams.keys()]).toEqual(["signature", "timestamp", "nonce", "openid"]);
    const [timestamp = "", nonce = ""] = ["timestamp", "nonce"].map(
      (name) => url.searchParams.get(name) ?? "",
    );
    expect(url.searchParams.get("signature")).toBe(
      await callbackSignature(TOKEN, timestamp, nonce),
    );
    expect(await request?.text()).toBe(sent.xml);
    expect(sent.xml).toBe(
      "<xml><ToUserName><![CDATA[gh_26e3b4a1c0d9]]></ToUserName>" +
        "<FromUserName><![CDATA[oIx26e3b4a1c0d9f857abcdefghi]]></FromUserName>" +
        "<CreateTime>1772323200</CreateTime><MsgType><![CDATA[text]]></MsgType>" +
        "<MsgId>1234567890123456</MsgId><Content><![CDATA[]]]]><![CDATA[>]]></Content></xml>",
    );
    expect(sent).toMatchObject({
      appid,
      url: "https://shop.example.com/messages",
      state: "delivered",
      attempts: [{ time: START, status: 200, answer: "success" }],
    });
    expect(control.callbacks).toEqual([sent]);
  });

  it("sends three times, 5 seconds apart, where no answer comes", async () => {
    let calls = 0;
    const { control } = emulatorWith(() => {
      calls++;
      throw new Error("The server is down.");
    });
    const sent = await control.sendMessage();
    expect(sent).toMatchObject({ state: "waiting", nextTime: START + 5000 });
    control.clock.advance(4999);
    await control.deliverNotifications();
    expect(calls).toBe(1);
    control.clock.advance(60_000);
    await control.deliverNotifications();
    expect(calls).toBe(3);
    expect(control.callbacks).toMatchObject([{ state: "failed", nextTime: undefined }]);
    expect(control.callbacks[0]?.attempts[0]?.error).toBe("The server is down.");
  });

  it("is waiting as long as an attempt is under way, the first or a later one", async () => {
    const states: (string | undefined)[] = [];
    const { control } = emulatorWith(() => {
      states.push(control.callbacks[0]?.state);
      return new Response("", { status: states.length === 3 ? 200 : 500 });
    });
    await control.sendMessage();
    control.clock.advance(10_000);
    await control.deliverNotifications();
    expect(states).toEqual(["waiting", "waiting", "waiting"]);
    expect(control.callbacks[0]?.state).toBe("delivered");
  });

  it.each(["http://", "https://:80/", "ftp://a.example/", "a.example", ""])(
    "need an address that is one, not %j",
    async (url) => {
      const message = "it must be an http or https address.";
      const { control, fetch } = emulatorWith(() => new Response("success"));
      await expect(control.sendMessage({ url })).rejects.toThrow(message);
      await expect(control.notify({ url })).rejects.toThrow(message);
      expect(() => control.mpPlatforms.pushTo({ url })).toThrow(message);
      expect(() => emulatorWith(() => new Response(), { url })).toThrow(message);
      const body = JSON.stringify({ url });
      for (const route of ["notify", "callbacks"]) {
        const init = { method: "POST", body };
        const reply = await fetch(`http://localhost/_emulator/${route}`, init);
        expect(await reply.text()).toContain(message);
      }
      expect([control.callbacks, control.notifications]).toEqual([[], []]);
    },
  );

  it.each([
    ["success", "delivered"],
    ["", "delivered"],
    ["<xml><MsgType><![CDATA[text]]></MsgType></xml>", "delivered"],
    [" success", "failed"],
    ["ok", "failed"],
    ['{"errcode":0}', "failed"],
    ["<html></html>", "failed"],
  ] as const)("takes the answer %j as %s, and asks no more", async (answer, state) => {
    const { control } = emulatorWith(() => new Response(answer));
    expect(await control.sendMessage()).toMatchObject({ state, nextTime: undefined });
  });

  it.each<[string, string, boolean]>([
    ["as it must be", TOKEN, true],
    ["with another token", "anotherToken", false],
  ])("takes an encrypted reply that is signed %s", async (_, token, taken) => {
    const reply = "<xml><MsgType>text</MsgType></xml>";
    const { control } = emulatorWith(
      async () => {
        const sealed = await encryptMessage(KEY, reply, appid);
        const signature = await callbackSignature(token, "1772323200", "n", sealed);
        return new Response(
          `<xml><Encrypt><![CDATA[${sealed}]]></Encrypt><MsgSignature>${signature}</MsgSignature><TimeStamp>1772323200</TimeStamp><Nonce>n</Nonce></xml>`,
        );
      },
      { encodingAESKey: KEY },
    );
    expect(await control.sendMessage()).toMatchObject({
      state: taken ? "delivered" : "failed",
      reply: taken ? reply : undefined,
    });
  });

  it("takes no reply in clear text where all is encrypted", async () => {
    const answer = () => new Response("<xml><MsgType>text</MsgType></xml>");
    const encrypted = emulatorWith(answer, { encodingAESKey: KEY });
    expect(await encrypted.control.sendMessage()).toMatchObject({ state: "failed" });
    const both = emulatorWith(answer, { encodingAESKey: KEY, mode: "compatible" });
    expect(await both.control.sendMessage()).toMatchObject({ state: "delivered" });
  });

  it.each([
    ["image", /<MsgType><!\[CDATA\[image.*<PicUrl>.*<MediaId>/],
    ["voice", /<MsgType><!\[CDATA\[voice.*<MediaId>.*<Format><!\[CDATA\[amr/],
    ["video", /<MsgType><!\[CDATA\[video.*<MediaId>.*<ThumbMediaId>/],
  ] as const)(
    "sends a follower's %s, whose media_id the account can download",
    async (type, xml) => {
      const { control } = emulatorWith(() => new Response("success"));
      const sent = await control.sendMessage({ media: { type } });
      expect(sent.xml).toMatch(xml);
      const id = /<MediaId><!\[CDATA\[(.*?)\]/.exec(sent.xml)?.[1];
      expect(control.mpMedia.map(({ media_id }) => media_id)).toContain(id);
    },
  );

  it("refuses what cannot be sent", async () => {
    const { control } = emulatorWith(() => new Response("success"));
    const refused: readonly [object, RegExp][] = [
      [{ appid: "wx0000000000000000" }, /appid is "wx0000000000000000"; it must be/],
      [{ mesage: {} }, /message has no "mesage"/],
      [{ message: "hello" }, /message\.message is "hello"; it must be an object/],
      [{ media: { type: "thumb" } }, /media\.type is "thumb"/],
      [{ fault: "late" }, /message\.fault is "late"/],
      [{ url: "ftp://a" }, /an http or https address/],
    ];
    for (const [message, words] of refused) {
      await expect(control.sendMessage(message)).rejects.toThrow(words);
    }
    const silent = createEmulator().control;
    await expect(silent.sendMessage()).rejects.toThrow(/has no address for messages; seed it/);
    await expect(silent.verifyMessageUrl()).rejects.toThrow(/has no address for messages/);
    expect(control.callbacks).toEqual([]);
  });
});

describe("an account's address for messages", () => {
  it.each<[string, object, RegExp]>([
    ["without an address", { token: TOKEN }, /"to" or "url"/],
    [
      "without a token",
      { url: "https://a.example" },
      /token is missing; it must be 3 to 32 letters/,
    ],
    ["with a short token", { url: "https://a.example", token: "ab" }, /a string of 2 characters/],
    [
      "with a short key",
      { url: "https://a.example", token: TOKEN, encodingAESKey: "a" },
      /43 letters and digits/,
    ],
    [
      "encrypted without a key",
      { url: "https://a.example", token: TOKEN, mode: "encrypted" },
      /encodingAESKey/,
    ],
  ])("is refused %s", (_, messages, words) => {
    expect(() => createEmulator({ accounts: [{ appid, messages: messages as never }] })).toThrow(
      words,
    );
  });

  it("is not shown, as its token and key are secret", async () => {
    const { control, fetch } = emulatorWith(() => new Response(""), { encodingAESKey: KEY });
    const { control: withOption, fetch: optionFetch } = createEmulator({
      accounts: [
        { appid, messages: { url: "https://a.example/", token: TOKEN, encodingAESKey: KEY } },
      ],
    });
    const options = await (await optionFetch("http://localhost/_emulator/options")).text();
    const shown = JSON.stringify([control.accounts, withOption.accounts, options]);
    expect(shown).not.toMatch(new RegExp(`${TOKEN}|${KEY}`));
    expect(await (await fetch("http://localhost/_emulator/callbacks")).json()).toEqual({
      callbacks: [],
    });
  });
});

describe("the route callbacks", () => {
  it("sends messages to a server, and verifies its address", async () => {
    const received: string[] = [];
    const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
      const { searchParams } = new URL(request.url ?? "", "http://localhost");
      received.push(`${request.method} ${await text(request)}`);
      response.end(searchParams.get("echostr") ?? "success");
    };
    const server = createServer((request, response) => void answer(request, response));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const emulator = await startEmulator({ port: 0 });
    const post = async (path: string, body: object): Promise<object> => {
      const init = { method: "POST", body: JSON.stringify(body) };
      return (await fetch(`${emulator.baseUrl}/_emulator/${path}`, init)).json() as Promise<object>;
    };
    try {
      const messages = { url: `http://127.0.0.1:${port}/wechat?shop=1`, token: TOKEN };
      await post("seed", { accounts: [{ appid, messages }] });
      expect(await post("callbacks", { verify: appid })).toEqual({ verified: true });
      const sent = await post("callbacks", { message: { MsgType: "event", Event: "subscribe" } });
      expect(sent).toMatchObject({ state: "delivered", url: messages.url });
      expect(received).toEqual(["GET ", expect.stringMatching(/^POST <xml>.*subscribe/)]);

      // A follower's picture: JSON has no bytes.
      const sample = await fetch(`${emulator.baseUrl}/_emulator/samples/thumb.jpg`);
      const picture = Buffer.from(await sample.arrayBuffer());
      const media = { type: "image", bytes: picture.toString("base64") };
      expect(await post("callbacks", { media })).toMatchObject({ state: "delivered" });
      const MediaId = /<MediaId><!\[CDATA\[(.*?)\]\]>/.exec(received[2] ?? "")?.[1];
      expect(emulator.control.mpMedia).toMatchObject([{ media_id: MediaId, size: picture.length }]);
      expect(await post("callbacks", { media: { ...media, bytes: "***" } })).toEqual({
        error: 'body.media.bytes is "***"; it must be the file in base64.',
      });
      expect(await post("callbacks", { to: 5 })).toMatchObject({ error: /has no "to"/ });
    } finally {
      await emulator.close();
      server.close();
    }
  });
});
